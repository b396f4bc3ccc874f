import KafkaProtocol
import Testing

@testable import KafkaMockBroker

@Suite("A fault script")
struct FaultScriptTests {
  private let names = [PartitionName("a", 0), PartitionName("a", 1), PartitionName("b", 0)]

  @Test("has a fault happen as often as it should")
  func times() {
    var script = FaultScript()
    _ = script.add(.close, api: .fetch, times: 2)
    let endings = (0..<3).map { _ in script.plan(for: .fetch, broker: 1, names).ending }
    #expect(endings == [.close(isReset: false), .close(isReset: false), .answer])
  }

  @Test("has a fault happen until it is removed")
  func removal() {
    var script = FaultScript()
    let id = script.add(.noAnswer)
    for _ in 0..<10 { #expect(script.plan(for: .fetch, broker: 1, names).ending == .noAnswer) }
    script.remove(id)
    #expect(script.plan(for: .fetch, broker: 1, names).ending == .answer)
  }

  @Test(
    "leaves requests alone that a fault is not for",
    arguments: [
      (MockAPI.fetch, 1, "a", 1, true), (.produce, 1, "a", 1, false), (.fetch, 2, "a", 1, false),
      (.fetch, 1, "c", 1, false), (.fetch, 1, "b", 1, false), (.fetch, 1, "b", 0, true),
    ] as [(MockAPI, Int32, String, Int32, Bool)])
  func selection(api: MockAPI, broker: Int32, topic: String, partition: Int32, isMet: Bool) {
    var script = FaultScript()
    _ = script.add(.close, api: api, broker: broker, topic: topic, partition: partition)
    #expect((script.plan(for: .fetch, broker: 1, names).ending != .answer) == isMet)
  }

  @Test("lets delays, observers and moved leaders go together with one end")
  func combination() {
    var script = FaultScript()
    _ = script.add(.delay(.seconds(1)), times: 1)
    _ = script.add(.delay(.seconds(2)))
    _ = script.add(.observe { _ in })
    _ = script.add(.moveLeader(to: 2), topic: "a")
    _ = script.add(.error(.notLeaderOrFollower), topic: "b", times: 1)
    _ = script.add(.close, times: 1)
    let first = script.plan(for: .fetch, broker: 1, names)
    #expect(first.delay == .seconds(3))
    #expect(first.observers.count == 1)
    #expect(first.moves.map(\.name) == [PartitionName("a", 0), PartitionName("a", 1)])
    #expect(first.error == InjectedError(code: .notLeaderOrFollower, topic: "b"))
    #expect(first.ending == .answer)
    let second = script.plan(for: .fetch, broker: 1, names)
    #expect(second.delay == .seconds(2))
    #expect(second.error == nil)
    #expect(second.ending == .close(isReset: false))
  }
}
