import Glibc
import KafkaClient
import KafkaMockBroker
import TestHarness
import Testing
import Transport

@testable import KafkaCLI

@Suite("The pace of records", .timeLimit(.minutes(1)))
struct PaceTests {
  /// The instants, in milliseconds, at which records go when all are there from the start, and how many at each.
  private static func departures(_ rate: Rate, count: Int64) -> [(at: Int64, count: Int64)] {
    var now = Instant(nanoseconds: 5_000_000_000)
    var pace = Pace(rate, from: now)
    var left = count
    var departures: [(at: Int64, count: Int64)] = []
    while left > 0 {
      let allowance = min(pace.allowance(at: now), left)
      pace.advance(by: allowance)
      left -= allowance
      if allowance > 0 { departures.append(((now - Instant(nanoseconds: 5_000_000_000)).milliseconds, allowance)) }
      precondition(pace.next > now)
      now = pace.next
    }
    return departures
  }

  @Test("few records go one by one")
  func slow() {
    let departures = Self.departures(Rate(count: 4, per: .seconds(1)), count: 5)
    #expect(departures.map(\.at) == [0, 250, 500, 750, 1000])
    #expect(departures.allSatisfy { $0.count == 1 })
    #expect(Self.departures(Rate(count: 2, per: .seconds(60)), count: 3).map(\.at) == [0, 30_000, 60_000])
  }

  @Test(
    "many records go in small portions, and as many as was said",
    arguments: [7, 150, 999, 12_345, 1_000_000] as [Int64])
  func fast(rate: Int64) {
    let departures = Self.departures(Rate(count: rate, per: .seconds(1)), count: rate * 10)
    #expect(departures.allSatisfy { $0.count <= max(rate / 150, 1) }, "\(departures.map(\.count).max() ?? 0)")
    let end = departures.last?.at ?? 0
    #expect((9_980 - 1000 / rate...10_010).contains(end), "\(end)")
  }

  @Test("what comes late is made up for by no more than a tenth of a second's worth")
  func late() {
    let start = Instant(nanoseconds: 0)
    var pace = Pace(Rate(count: 100, per: .seconds(1)), from: start)
    #expect(pace.allowance(at: start) == 1)
    #expect(pace.allowance(at: start + .seconds(60)) == 10)
    pace.advance(by: 10)
    #expect(pace.allowance(at: start + .seconds(60)) == 0)
    #expect(pace.allowance(at: start + .seconds(60) + .milliseconds(30)) == 3)
    var slow = Pace(Rate(count: 1, per: .seconds(60)), from: start)
    #expect(slow.allowance(at: start + .seconds(3600)) == 1)
  }

  @Test("a pause in a simulation lasts as long as was said, and not at all once it was ended")
  func pause() throws {
    let simulation = SimulatedRuntime(seed: 1)
    let runtime = simulation.runtime
    try simulation.run(stepBudget: 10_000) {
      let pause = Pause(runtime: runtime)
      let start = runtime.loop.now
      await pause.wait(until: start + .seconds(100))
      #expect(runtime.loop.now - start == .seconds(100))
      _ = runtime.loop.schedule(at: start + .seconds(150)) { pause.end() }
      await pause.wait(until: start + .seconds(1000))
      #expect(runtime.loop.now - start == .seconds(150))
      await pause.wait(until: start + .seconds(1000))
      #expect(runtime.loop.now - start == .seconds(150))
    }
  }

  @Test(
    "a rate is a number for a second or a minute",
    arguments: [
      ("5", Rate(count: 5, per: .seconds(1))), ("5/s", Rate(count: 5, per: .seconds(1))),
      ("90/m", Rate(count: 90, per: .seconds(60))),
    ])
  func argument(text: String, rate: Rate) throws { #expect(try Rate(argument: text) == rate) }

  @Test("what is no rate is refused", arguments: ["", "0", "-1", "5/h", "/s", "5/", "1.5/s", "5/s/s", "2000000000"])
  func badArgument(text: String) { #expect(throws: UsageError.self) { try Rate(argument: text) } }

  @Test("records leave at the rate, and after a signal those that were read leave at once")
  func signal() async throws {
    let directory = try TemporaryDirectory()
    try directory.write((1...50).map { "\($0)\n" }.joined(), to: "input")
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let run = try ProduceRun(
        ["--rate", "2/m", "t", Argument(directory.file("input"))], on: cluster.bootstrapServers)
      async let status = run.end()
      try await waitUntil { await cluster.offsets(of: "t", partition: 0) == 0..<1 }
      run.signal(SIGTERM)
      #expect(await status == .signal(SIGTERM))
      #expect(run.lines.last == "kavka: acknowledged 50, failed 0, unknown 0")
    }
  }

  @Test("as many records as were asked for are sent at the rate")
  func count() async throws {
    let directory = try TemporaryDirectory()
    try directory.write((1...500).map { "\($0)\n" }.joined(), to: "input")
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let run = try ProduceRun(
        ["--rate", "500", "-c", "100", "t", Argument(directory.file("input"))], on: cluster.bootstrapServers)
      let start = ContinuousClock.now
      #expect(await run.end() == .success)
      #expect(ContinuousClock.now - start > .milliseconds(190))
      #expect(await cluster.offsets(of: "t", partition: 0) == 0..<100)
    }
  }
}
