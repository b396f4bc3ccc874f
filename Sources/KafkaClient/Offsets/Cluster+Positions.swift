import Transport

/// Turns places into offsets.
extension Cluster {
  /// The offsets of a place in many partitions, with as few requests as that takes: none for an offset, one to each
  /// leader for a place that brokers know, two for one that is counted from an end.
  ///
  /// - Throws: The first partition's error, if any has one.
  func resolve(
    _ position: RecordPosition, in partitions: [TopicPartition], isolation: ConsumerConfiguration.Isolation,
    by deadline: Instant
  ) async throws(KafkaError) -> [TopicPartition: Int64] {
    let latest: OffsetPosition = isolation == .readCommitted ? .stable : .latest
    switch position {
    case .offset(let offset):
      return Dictionary(partitions.map { ($0, offset) }) { first, _ in first }
    case .earliest: return try await known(partitions, at: .earliest, by: deadline)
    case .latest: return try await known(partitions, at: latest, by: deadline)
    case .fromStart(let count):
      return try await known(partitions, at: .earliest, by: deadline).mapValues { offset in
        let (sum, overflow) = offset.addingReportingOverflow(count)
        return overflow ? .max : sum
      }
    case .fromEnd(let count):
      let earliest = try await known(partitions, at: .earliest, by: deadline)
      let ends = try await known(partitions, at: latest, by: deadline)
      return Dictionary(uniqueKeysWithValues: ends.map { ($0, max($1 - max(count, 0), earliest[$0] ?? 0)) })
    case .timestamp(let milliseconds):
      var resolved: [TopicPartition: Int64] = [:]
      var without: [TopicPartition] = []
      for answer in await offsets(of: partitions, at: .timestamp(milliseconds), by: deadline) {
        if let error = answer.error { throw error }
        if let offset = answer.offset { resolved[answer.partition] = offset } else { without.append(answer.partition) }
      }
      let ends = try await known(without, at: latest, by: deadline)
      return resolved.merging(ends) { first, _ in first }
    }
  }

  private func known(
    _ partitions: [TopicPartition], at position: OffsetPosition, by deadline: Instant
  ) async throws(KafkaError) -> [TopicPartition: Int64] {
    guard !partitions.isEmpty else { return [:] }
    var resolved: [TopicPartition: Int64] = [:]
    for answer in await offsets(of: partitions, at: position, by: deadline) {
      if let error = answer.error { throw error }
      // An empty partition has no first record; its end is its beginning.
      resolved[answer.partition] = answer.offset ?? 0
    }
    return resolved
  }
}
