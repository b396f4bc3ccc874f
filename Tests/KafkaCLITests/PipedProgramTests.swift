import Glibc
import TestHarness
import Testing

@testable import KafkaCLI

@Suite("A program that output goes through", .timeLimit(.minutes(1)))
struct PipedProgramTests {
  @Test("it sees the end of its input, whatever is started at the same time and lives on")
  func endAmongOthers() async throws {
    let others = Task {
      var others: [RunningProcess] = []
      repeat {
        // Each lives as long as somebody holds it.
        others.append(try RunningProcess("cat", [], input: nil))
        await Task.yield()
      } while !Task.isCancelled && others.count < 200
      return others
    }
    for _ in 0..<100 {
      #expect(try seesTheEnd())
      // It holds up its thread, of which there may be one only.
      await Task.yield()
    }
    others.cancel()
    #expect(try await !others.value.isEmpty)
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
