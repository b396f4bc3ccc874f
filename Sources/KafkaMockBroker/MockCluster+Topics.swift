package import KafkaProtocol

extension MockCluster {
  /// Creates a topic whose partitions are spread over the brokers.
  ///
  /// - Parameter replicationFactor: How many copies each partition has.
  public func createTopic(
    _ name: String, partitions: Int = 1, replicationFactor: Int = 1
  ) async throws(MockClusterError) {
    try await server.createTopic(name, partitions: partitions, replicationFactor: replicationFactor)
  }

  /// Changes a topic's setting: `max.message.bytes`, `message.timestamp.type`, `message.timestamp.before.max.ms` or
  /// `cleanup.policy`. Others change nothing.
  ///
  /// - Returns: Whether the topic exists and the value can be used.
  @discardableResult
  public func configureTopic(_ topic: String, _ name: String, _ value: String) async -> Bool {
    await server.withState { state in
      var isUsable = false
      state.configureTopic(topic) { isUsable = $0.set(name, to: value) }
      return isUsable
    }
  }

  /// Adds partitions to a topic, up to so many.
  public func growTopic(_ name: String, to partitions: Int) async throws(MockClusterError) {
    let refusal = await server.withState { $0.growTopic(name, to: partitions) }
    if let refusal { throw MockClusterError("\(name) with \(partitions) partitions: \(refusal.name)") }
  }

  /// Deletes a topic with all its records. One that is created again has another id.
  public func deleteTopic(_ name: String) async { await server.withState { $0.deleteTopic(name) } }

  /// The names of all topics, sorted.
  public var topics: [String] {
    get async { await server.state.topics.keys.sorted() }
  }

  /// The offsets of the records that a partition has; nil where there is no such partition.
  public func offsets(of topic: String, partition: Int32) async -> Range<Int64>? {
    await server.state.partition(topic, partition).map { $0.log.startOffset..<$0.log.endOffset }
  }

  /// Deletes the records of a partition below an offset.
  public func deleteRecords(of topic: String, partition: Int32, before offset: Int64) async {
    await server.withState { state in
      _ = state.withPartition(topic, partition) { $0.log.deleteRecords(before: offset) }
    }
  }
}

extension MockCluster {
  /// The batches that a partition has, as they are stored.
  package func batches(of topic: String, partition: Int32) async -> [RecordBatch] {
    await server.state.partition(topic, partition)?.log.batches.compactMap { try? $0.recordBatch() } ?? []
  }

  /// Damages the stored batch that has an offset, as a disk that fails does: its checksum is wrong from now on.
  public func damageRecords(of topic: String, partition: Int32, at offset: Int64) async {
    await server.withState { state in
      _ = state.withPartition(topic, partition) { $0.log.damage(at: offset) }
    }
  }

  /// Takes the stored batch that has an offset away, as compaction does, and leaves a gap in the offsets.
  public func compactRecords(of topic: String, partition: Int32, at offset: Int64) async {
    await server.withState { state in
      _ = state.withPartition(topic, partition) { $0.log.compact(at: offset) }
    }
  }
}
