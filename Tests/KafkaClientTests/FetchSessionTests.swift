import KafkaMockBroker
import KafkaProtocol
import Testing
import Transport

@testable import KafkaClient

@Suite("Fetch sessions")
struct FetchSessionTests {
  private static let count = FetchSession.leastPartitions

  private static func cursors(_ partitions: Range<Int> = 0..<count) -> [Cursor] {
    partitions.map {
      Cursor(
        PartitionRange(TopicPartition("t", Int32($0)), start: 0, end: nil), maximumBytes: 1,
        backoff: Backoff(.milliseconds(1) ... .milliseconds(2)))
    }
  }

  /// A session that has begun, with these cursors.
  private static func begun(_ cursors: [Cursor]) -> FetchSession {
    var session = FetchSession(broker: 1)
    _ = session.next(reading: cursors, begins: true)
    session.answered(7)
    return session
  }

  @Test("a request says what has changed since the one before it")
  func changes() {
    let cursors = Self.cursors()
    var session = Self.begun(cursors)
    cursors[3].nextOffset = 9
    var step = session.next(reading: cursors, begins: true)
    #expect(step.id == 7 && step.epoch == 1)
    #expect(step.cursors.map(\.partition.partition) == [3])
    #expect(step.forgotten.isEmpty)
    session.answered(7)
    step = session.next(reading: cursors, begins: true)
    #expect(step.epoch == 2 && step.cursors.isEmpty && step.forgotten.isEmpty)
  }

  @Test("partitions that are not read for a while are forgotten, and told of anew")
  func forgets() {
    let cursors = Self.cursors()
    var session = Self.begun(cursors)
    var step = session.next(reading: Array(cursors.dropFirst(2)), begins: true)
    #expect(step.cursors.isEmpty)
    #expect(step.forgotten.map(\.partition.partition) == [0, 1])
    session.answered(7)
    let added = Self.cursors(90..<91)
    step = session.next(reading: cursors + added, begins: true)
    #expect(step.cursors.map(\.partition.partition) == [0, 1, 90])
    #expect(step.forgotten.isEmpty)
  }

  @Test("one that comes back from another broker is told of anew")
  func comesBack() {
    let cursors = Self.cursors()
    var session = Self.begun(cursors)
    var other = FetchSession(broker: 2)
    _ = other.next(reading: cursors, begins: true)
    #expect(session.next(reading: cursors, begins: true).cursors.count == Self.count)
  }

  @Test("few partitions need no session, and a first request begins none")
  func without() {
    var session = FetchSession(broker: 1)
    var step = session.next(reading: Array(Self.cursors().dropLast()), begins: true)
    #expect(step.id == 0 && step.epoch == -1)
    session.answered(0)
    step = session.next(reading: Self.cursors(), begins: false)
    #expect(step.epoch == -1 && step.cursors.count == Self.count)
  }

  @Test("a broker that has no room for a session is told all again")
  func noRoom() {
    let cursors = Self.cursors()
    var session = FetchSession(broker: 1)
    for _ in 0..<2 {
      let step = session.next(reading: cursors, begins: true)
      #expect(step.id == 0 && step.epoch == 0 && step.cursors.count == Self.count)
      session.answered(0)
    }
  }

  @Test(
    "a session that the broker refuses is begun anew, once",
    arguments: [
      (.fetchSessionIdNotFound, 0), (.invalidFetchSessionEpoch, 7), (.fetchSessionTopicIdError, 7),
    ] as [(ErrorCode, Int32)])
  func refused(code: ErrorCode, id: Int32) {
    let cursors = Self.cursors()
    var session = Self.begun(cursors)
    _ = session.next(reading: cursors, begins: true)
    let isOfSession = session.refused(code)
    #expect(isOfSession)
    let step = session.next(reading: cursors, begins: true)
    #expect(step.id == id && step.epoch == 0 && step.cursors.count == Self.count)
    // Now it is no longer the session's fault.
    let isOfSessionAgain = session.refused(code)
    #expect(!isOfSessionAgain)
  }

  @Test("a topic that was created again begins a session anew")
  func recreated() {
    let cursors = Self.cursors()
    var session = Self.begun(cursors)
    cursors[0].topicID = TopicID(high: 1, low: 2)
    let step = session.next(reading: cursors, begins: true)
    #expect(step.id == 7 && step.epoch == 0 && step.cursors.count == Self.count)
  }

  // MARK: With brokers

  @Test("records that come alone cost requests of one partition each", arguments: [KafkaRelease.v1_1, .v2_8, .latest])
  func lone(release: KafkaRelease) throws {
    try simulate(brokers: 1, topics: ["t": 40], { mock, _ in mock.release = release }) { simulation in
      let reader = simulation.client.reader(
        of: (0..<40).map { PartitionRange(TopicPartition("t", $0), start: 0) }, ConsumerConfiguration())
      for number in Int32(0)..<20 {
        try await simulation.cluster.append([MockRecord(value: "\(number)")], to: "t", partition: number * 7 % 40)
        let batch = try #require(try await reader.next())
        #expect(batch.partition.partition == number * 7 % 40)
      }
      await reader.close()
      let asked = try await simulation.cluster.requests(of: .fetch).map { request in
        try request.decode(as: FetchRequest.self).topics.reduce(0) { $0 + $1.partitions.count }
      }
      #expect(asked.prefix(2) == [40, 40])
      #expect(asked.dropFirst(2).allSatisfy { $0 <= 1 })
    }
  }
}
