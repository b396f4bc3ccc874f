/// Offsets of partitions.
extension KafkaClient {
  /// Asks for the offsets of a position in partitions: one request for each leader.
  ///
  /// - Parameter timeout: How long it may take in all, retries included; the request timeout if nil.
  /// - Returns: One answer for each partition, in their order; errors stay with their partition.
  public func offsets(
    of partitions: [TopicPartition], at position: OffsetPosition, timeout: Duration? = nil
  ) async throws(KafkaError) -> [PartitionOffset] {
    let deadline = try deadline(timeout)
    try await cluster.learn(Set(partitions.map(\.topic)), by: deadline)
    return await cluster.offsets(of: partitions, at: position, by: deadline)
  }

  /// Asks for the offsets of several positions in partitions at the same time: one request for each leader and
  /// position.
  ///
  /// - Returns: For each position, one answer for each partition, in their order; errors stay with their partition.
  public func offsets(
    of partitions: [TopicPartition], at positions: [OffsetPosition], timeout: Duration? = nil
  ) async throws(KafkaError) -> [[PartitionOffset]] {
    let deadline = try deadline(timeout)
    try await cluster.learn(Set(partitions.map(\.topic)), by: deadline)
    return await cluster.offsets(of: partitions, atEach: positions, by: deadline)
  }

  /// Turns a place into the offset that reading would start at: a time behind all records is the end.
  ///
  /// - Returns: One answer for each partition, in their order, with an offset or an error; the timestamp is that of the
  ///   record found where a time was asked for.
  public func resolve(
    _ position: RecordPosition, in partitions: [TopicPartition], timeout: Duration? = nil
  ) async throws(KafkaError) -> [PartitionOffset] {
    let deadline = try deadline(timeout)
    try await cluster.learn(Set(partitions.map(\.topic)), by: deadline)
    return await cluster.places(position, in: partitions, isolation: .readUncommitted, by: deadline)
  }

  /// Asks where segments of the log begin that were written before a time: ListOffsets version 0, which brokers before
  /// 4.0 speak.
  ///
  /// - Parameters:
  ///   - position: A time, or the latest or earliest of all.
  ///   - maximumCount: The most segments of each partition.
  /// - Returns: One answer for each partition, in their order; errors stay with their partition.
  public func segments(
    of partitions: [TopicPartition], before position: OffsetPosition, maximumCount: Int32, timeout: Duration? = nil
  ) async throws(KafkaError) -> [PartitionSegments] {
    let deadline = try deadline(timeout)
    try await cluster.learn(Set(partitions.map(\.topic)), by: deadline)
    let query = OffsetQuery(segmentsBefore: position, maximumCount: maximumCount)
    return await cluster.answers(to: query, of: partitions, by: deadline).map {
      PartitionSegments(partition: $0.partition, offsets: $0.offsets, error: $0.error)
    }
  }
}
