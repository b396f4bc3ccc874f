import KafkaProtocol

/// What a broker remembers of the fetch requests over one connection (KIP-227): the next one need only say what has
/// changed, and is answered only where there is something new. Otherwise each record that comes alone costs as much as
/// there are partitions. Lives on the loop, as the cursors do.
struct FetchSession {
  /// What a broker remembers of a cursor.
  struct Memory: Equatable {
    fileprivate let broker: Int32
    fileprivate let generation: Int
    fileprivate var offset: Int64
    fileprivate var maximumBytes: Int32
    fileprivate var topicID: TopicID?
  }

  /// What the next request says of itself and of partitions.
  struct Step {
    var id: Int32 = 0
    /// -1 outside of any session, 0 to begin one.
    var epoch: Int32 = -1
    /// The partitions that the broker is told of.
    var cursors: [Cursor]
    /// Those that it is to forget, each by the topic's id that it has for it.
    var forgotten: [(partition: TopicPartition, topicID: TopicID?)] = []
  }

  /// From how many partitions on a session is begun: brokers have room for few, and full requests for a few partitions
  /// cost next to nothing.
  static let leastPartitions = 16

  private let broker: Int32
  /// The broker's number of the session; also of one that is over, until the broker has been told.
  private var id: Int32 = 0
  /// The number of the next request in the session; 0 where there is none.
  private var epoch: Int32 = 0
  /// Tells what is remembered in this session from what was in an earlier one.
  private var generation = 0
  private var members: [Cursor] = []

  init(broker: Int32) { self.broker = broker }

  /// Takes the step to a request that reads these cursors, which must then be sent.
  ///
  /// - Parameter begins: Whether a session may begin.
  mutating func next(reading cursors: [Cursor], begins: Bool) -> Step {
    if epoch > 0, cursors.contains(where: { isMember($0) && $0.memory?.topicID != $0.topicID }) { end() }
    guard epoch > 0 else {
      guard begins, cursors.count >= Self.leastPartitions else { return Step(cursors: cursors) }
      members = cursors
      for cursor in cursors { remember(cursor) }
      return Step(id: id, epoch: 0, cursors: cursors)
    }
    let changed = cursors.filter { $0.memory != memory(of: $0) }
    members += changed.filter { !isMember($0) }
    var step = Step(id: id, epoch: epoch, cursors: changed)
    if members.count != cursors.count { step.forgotten = forget(but: cursors) }
    for cursor in changed { remember(cursor) }
    return step
  }

  /// Takes the answer to the last step.
  mutating func answered(_ sessionID: Int32) {
    guard !members.isEmpty else { return }
    guard sessionID != 0 else { return end() }
    id = sessionID
    epoch = epoch == .max ? 1 : epoch + 1
  }

  /// Takes the refusal of the last step.
  ///
  /// - Returns: Whether it was for the session's sake, so that a request without it may be sent at once.
  mutating func refused(_ code: ErrorCode) -> Bool {
    let isOfSession = [.fetchSessionIdNotFound, .invalidFetchSessionEpoch, .fetchSessionTopicIdError].contains(code)
    guard isOfSession, epoch > 0 else { return false }
    if code == .fetchSessionIdNotFound { id = 0 }
    end()
    return true
  }

  /// Notes that the next request goes over another connection.
  mutating func lost() {
    id = 0
    end()
  }

  private mutating func end() {
    epoch = 0
    generation += 1
    members = []
  }

  private mutating func forget(but cursors: [Cursor]) -> [(partition: TopicPartition, topicID: TopicID?)] {
    let reading = Set(cursors.map(ObjectIdentifier.init))
    var forgotten: [(partition: TopicPartition, topicID: TopicID?)] = []
    for cursor in members where !reading.contains(ObjectIdentifier(cursor)) {
      // One that is read from another broker by now has that one's memory.
      let topicID = isMember(cursor) ? cursor.memory?.topicID : cursor.topicID
      forgotten.append((cursor.partition, topicID))
      if isMember(cursor) { cursor.memory = nil }
    }
    members.removeAll { !reading.contains(ObjectIdentifier($0)) }
    return forgotten
  }

  // MARK: Memory

  private func isMember(_ cursor: Cursor) -> Bool {
    cursor.memory?.broker == broker && cursor.memory?.generation == generation
  }

  private func memory(of cursor: Cursor) -> Memory {
    Memory(
      broker: broker, generation: generation, offset: cursor.nextOffset, maximumBytes: cursor.maximumBytes,
      topicID: cursor.topicID)
  }

  private func remember(_ cursor: Cursor) { cursor.memory = memory(of: cursor) }
}
