import KafkaProtocol
import Transport

/// Topics that get more partitions while they are used, or are deleted and created again, perhaps with fewer.
extension ProducerCore {
  /// Uses partitions that were added, and goes on with topics that were created again.
  func followTopics(_ metadata: ClusterMetadata) {
    for (number, name) in topicNames.enumerated() {
      guard let topic = metadata.topic(name), topic.error == nil, let count = try? topic.partitionCount else {
        continue
      }
      let index = TopicIndex(number: number)
      let known = topic.id.flatMap { topicIDs.updateValue($0, forKey: index) }
      let present = accumulator.partitionCount(of: index)
      if let known, known != topic.id {
        clientConfiguration.report(
          .warning, in: .producer, "\(name): the topic was deleted and created again; going on with the new one")
        partitionLimits[index] = count
        for queue in queues.values where queue.reference.topic == index { queue.beginAnew() }
      } else {
        // A topic never loses partitions: a broker that shows fewer has not heard of the others yet.
        guard count > present else { continue }
        if partitionLimits[index] != nil { partitionLimits[index] = count }
      }
      if count != present { accumulator.setPartitionCount(of: index, to: count) }
    }
    giveUpGone()
  }

  /// Whether a partition was one of a topic that has been created again with fewer.
  func isGone(_ queue: PartitionQueue) -> Bool {
    guard let limit = partitionLimits[queue.reference.topic] else { return false }
    return queue.partition >= limit
  }

  /// Settles what is for partitions that are gone, but for what is in flight, which is settled when it comes back.
  func giveUpGone() {
    guard !partitionLimits.isEmpty else { return }
    for queue in queues.values where isGone(queue) && !queue.isEmpty { giveUpGone(queue) }
  }

  func giveUpGone(_ queue: PartitionQueue) {
    if let leader = queue.leader { outboxes[leader]?.deactivate(queue) }
    queue.leader = nil
    let count = partitionLimits[queue.reference.topic] ?? 0
    let error = KafkaError.unknownPartition(queue.partition, of: queue.topic, count: count).during("Produce")
    for batch in queue.batches where batch.state != .inFlight {
      settle(batch, of: queue, as: refusal(of: batch, error))
    }
    defer { finishFlushes() }
    while queue.hasDrafts {
      switch accumulator.take(queue.reference, now: runtime.loop.now, linger: .zero, flushing: true) {
      case .batch(let full): giveUp(full, error)
      case .nothing: queue.hasDrafts = false
      // Records are being appended now.
      case .notBefore: return
      }
    }
  }
}
