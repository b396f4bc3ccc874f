import Glibc
import TestHarness

/// A server that ends when this process does, however that ends: a shell beside it waits for the end of a pipe.
final class Keeper {
  private let input: ClosingPipe
  private let output: ClosingPipe
  private let shell: ChildProcess
  private var text = ""

  /// - Parameters:
  ///   - script: Starts the server, then reads its standard input to the end, then ends the server.
  init(script: String, arguments: [String], errorFile: String) throws {
    input = try ClosingPipe()
    output = try ClosingPipe()
    // Ctrl-C reaches the shell too, which still has to clean up.
    let words = ["-c", "trap '' INT TERM HUP\n\(script)", "keeper"] + arguments
    shell = try ChildProcess(
      Command(
        program: "bash", arguments: words, input: .descriptor(input.readEnd), output: .descriptor(output.writeEnd)),
      errorFile: errorFile)
    input.closeEnd(input.readEnd)
    output.closeEnd(output.writeEnd)
  }

  deinit { stop() }

  /// The next line that the server prints.
  func line(within limit: Double) throws -> String {
    let deadline = Moment.now + limit
    while true {
      if let end = text.firstIndex(of: "\n") {
        let line = String(text[..<end])
        text.removeSubrange(...end)
        return line
      }
      guard Descriptor.waitToRead(output.readEnd, seconds: deadline - Moment.now) else {
        throw Failure("a server does not start in \(Int(limit)) s")
      }
      var block = [UInt8](repeating: 0, count: 4096)
      let count = read(output.readEnd, &block, block.count)
      guard count > 0 else { throw Failure("a server does not start") }
      text += String(decoding: block[..<count], as: UTF8.self)
    }
  }

  func stop() {
    input.closeEnd(input.writeEnd)
    _ = try? shell.usage(within: 60)
  }
}
