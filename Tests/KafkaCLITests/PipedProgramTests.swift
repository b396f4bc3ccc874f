import Glibc
import TestHarness
import Testing

@testable import KafkaCLI

@Suite("A program that output goes through", .timeLimit(.minutes(1)))
struct PipedProgramTests {
  @Test("it sees the end of its input, whatever is started at the same time and lives on")
  func endAmongOthers() async throws {
    try await RunningProcess.startingOthers {
      for _ in 0..<100 {
        let sees = try seesTheEnd()
        #expect(sees)
        // It holds up its thread, of which there may be one only.
        await Task.yield()
      }
    }
  }

  /// Whether a program ends within some seconds of its input.
  private func seesTheEnd() throws -> Bool {
    let output = try Pipe()
    defer { close(output.readEnd) }
    let (_, input) = try PipedProgram.start(Array("cat".utf8), standardOutput: output.writeEnd)
    close(output.writeEnd)
    close(input)
    var status = pollfd(fd: output.readEnd, events: Int16(POLLIN), revents: 0)
    return poll(&status, 1, 20_000) == 1
  }
}
