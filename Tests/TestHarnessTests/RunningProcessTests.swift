import Glibc
import TestHarness
import Testing

@Suite("Processes that tests run", .timeLimit(.minutes(1)))
struct RunningProcessTests {
  @Test("an end is told, however long those live that are started at the same time")
  func endAmongOthers() async throws {
    try await RunningProcess.startingOthers {
      for number in 0..<100 {
        let result = try await RunningProcess("sh", ["-c", "exit \(number)"]).end(within: .seconds(20))
        #expect(result.end == .status(Int32(number)))
      }
    }
  }

  @Test("what is still running at the limit is killed, with its children")
  func limit() async throws {
    let process = try RunningProcess("sh", ["-c", "sleep 1000 & echo started; wait"], input: nil)
    try await process.output(containing: "started\n")
    #expect(await process.end(within: .zero).end == .outOfTime(.zero))
    #expect(await process.end(within: .seconds(20)).end == .signal(SIGKILL))
  }

  @Test("input goes in and output comes out while neither fits into a pipe")
  func streams() async throws {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
    let result = try await RunningProcess("sh", ["-c", "tee /dev/stderr"], input: bytes).end()
    #expect(result.output == bytes)
    #expect(result.errors == String(decoding: bytes, as: UTF8.self))
  }

  @Test("it has the environment that it is given, and nothing else")
  func environment() async throws {
    let result = try await RunningProcess("env", [], environment: ["A": "b=c"]).end()
    #expect(result.text == "A=b=c\n")
  }
}
