import Transport

/// Turns places into offsets.
extension Cluster {
  /// The offsets from which reading at a place in many partitions begins.
  ///
  /// A partition with fewer records than are to be passed over is read from its end: behind that there is nothing to
  /// fetch from.
  func starts(
    _ position: RecordPosition, in partitions: [TopicPartition], isolation: ConsumerConfiguration.Isolation,
    by deadline: Instant
  ) async throws(KafkaError) -> [TopicPartition: Int64] {
    let starts = try await resolve(position, in: partitions, isolation: isolation, by: deadline)
    guard case .fromStart = position else { return starts }
    // Records of transactions that are open are passed over like all others.
    let ends = try await resolve(.latest, in: partitions, isolation: .readUncommitted, by: deadline)
    return starts.merging(ends, uniquingKeysWith: min)
  }

  /// The offsets of a place in many partitions, as ``places(_:in:isolation:by:)`` finds them.
  ///
  /// - Throws: The first partition's error, if any has one.
  func resolve(
    _ position: RecordPosition, in partitions: [TopicPartition], isolation: ConsumerConfiguration.Isolation,
    by deadline: Instant
  ) async throws(KafkaError) -> [TopicPartition: Int64] {
    var resolved: [TopicPartition: Int64] = [:]
    for place in await places(position, in: partitions, isolation: isolation, by: deadline) {
      if let error = place.error { throw error }
      resolved[place.partition] = place.offset
    }
    return resolved
  }

  /// The offsets of a place in many partitions, with as few requests as that takes: none for an offset, one to each
  /// leader for a place that brokers know, two for one that is counted from the end and for a time that is behind all
  /// records.
  ///
  /// - Returns: One answer for each of `partitions`, in their order, with an offset or an error.
  func places(
    _ position: RecordPosition, in partitions: [TopicPartition], isolation: ConsumerConfiguration.Isolation,
    by deadline: Instant
  ) async -> [PartitionOffset] {
    let latest: OffsetPosition = isolation == .readCommitted ? .stable : .latest
    switch position {
    case .offset(let offset): return partitions.map { PartitionOffset(partition: $0, offset: offset) }
    case .earliest: return await ends(of: partitions, at: .earliest, by: deadline)
    case .latest: return await ends(of: partitions, at: latest, by: deadline)
    case .fromStart(let count):
      return await ends(of: partitions, at: .earliest, by: deadline).map { start in
        start.mapOffset { offset in
          let (sum, overflow) = offset.addingReportingOverflow(count)
          return overflow ? .max : sum
        }
      }
    case .fromEnd(let count):
      let both = await offsets(of: partitions, atEach: [.earliest, latest], by: deadline)
      return zip(both[0], both[1]).map { start, end in
        start.error == nil ? end.mapOffset { max($0 - max(count, 0), start.offset ?? 0) } : start
      }
    case .timestamp(let milliseconds):
      // Partitions without an answer shall not use up the time of those that need another question.
      let half = runtime.loop.now + (deadline - runtime.loop.now) / 2
      var found = await offsets(of: partitions, at: .timestamp(milliseconds), by: half)
      let behindAll = found.indices.filter { found[$0].error == nil && found[$0].offset == nil }
      let ends = await ends(of: behindAll.map { partitions[$0] }, at: latest, by: deadline)
      for (index, end) in zip(behindAll, ends) { found[index] = end }
      return found
    }
  }

  /// An empty partition has no first record; its end is its beginning.
  private func ends(
    of partitions: [TopicPartition], at position: OffsetPosition, by deadline: Instant
  ) async -> [PartitionOffset] {
    await offsets(of: partitions, at: position, by: deadline).map { end in
      var end = end
      if end.error == nil { end.offset = end.offset ?? 0 }
      return end
    }
  }
}

extension PartitionOffset {
  fileprivate func mapOffset(_ transform: (Int64) -> Int64) -> PartitionOffset {
    var result = self
    if error == nil { result.offset = transform(offset ?? 0) }
    return result
  }
}
