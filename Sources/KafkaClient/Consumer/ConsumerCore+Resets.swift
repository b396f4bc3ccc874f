import KafkaProtocol
import Transport

/// What happens when a partition no longer has what was to be read next.
extension ConsumerCore {
  /// Goes on elsewhere, or fails, when the leader has no record at the offset.
  func outOfRange(_ cursor: Cursor, _ error: KafkaError) {
    guard let position = cursor.isNew ? .earliest : configuration.offsetReset.position else {
      var error = error
      error.suggest(.resetOffset)
      return fail(error)
    }
    reset(cursor, to: position, because: "offset \(cursor.nextOffset) is out of range")
  }

  /// Goes on elsewhere, or fails, when metadata shows another topic under the name: the same offsets are other records.
  ///
  /// A broker that has not heard of a change yet shows an older id than it should. So where topics are fetched by their
  /// ids, only what the leader itself no longer knows counts.
  func recreated(_ cursor: Cursor, as id: TopicID) {
    let isFetchedByID = cursor.source.map { fetcher(of: $0).fetchesByID } ?? false
    guard cursor.isTopicGone || !isFetchedByID, cursor.state != .resetting else { return }
    guard let position = configuration.offsetReset.position else {
      return fail(
        KafkaError(
          .unknownTopicOrPartition, "the topic was deleted and created again while it was read",
          remedy: .beginAgain
        ).about(cursor.partition.topic, cursor.partition.partition, offset: cursor.nextOffset).during("Fetch"))
    }
    cursor.topicID = id
    cursor.recovered()
    reset(cursor, to: position, because: "the topic was deleted and created again")
  }

  private func reset(_ cursor: Cursor, to position: OffsetPosition, because reason: String) {
    let partition = cursor.partition
    cursor.state = .resetting
    cluster.tasks.start { await self.reset(partition, to: position, because: reason) }
  }

  private func reset(_ partition: TopicPartition, to position: OffsetPosition, because reason: String) async {
    let deadline = runtime.loop.now + clientConfiguration.requestTimeout
    let answer = await cluster.offsets(of: [partition], at: position, by: deadline).first
    guard let cursor = cursors[partition], cursor.state == .resetting, !isClosed else { return }
    guard let offset = answer?.offset else {
      return fail(
        answer?.error ?? KafkaError(.timedOut, "no offset to go on from").about(partition.topic, partition.partition))
    }
    clientConfiguration.report(.deviation, in: .consumer, "\(partition): \(reason); going on at \(offset)")
    cursor.nextOffset = offset
    cursor.state = .reading
    fetchAll()
  }
}

extension ConsumerConfiguration.OffsetReset {
  /// Where reading goes on; nothing where it fails.
  fileprivate var position: OffsetPosition? {
    switch self {
    case .fail: nil
    case .earliest: .earliest
    case .latest: .latest
    }
  }
}
