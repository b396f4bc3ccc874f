import Glibc
import Synchronization
import TestHarness
import Testing

@testable import KafkaCLI

@Suite("Messages on standard error")
struct MessageStreamTests {
  private final class Screen: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let waits = Mutex<[Duration]>([])

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
    /// How long each piece might have waited.
    var patience: [Duration] { waits.withLock { $0 } }

    func stream(_ style: TerminalStyle, waiting: Duration = .zero) -> MessageStream {
      MessageStream(style: style) { [self] more, patience in
        bytes.withLock { $0 += more }
        waits.withLock { $0.append(patience) }
        return min(waiting, patience)
      }
    }
  }

  @Test("what is shown is taken away before a line is written")
  func progressLine() {
    let screen = Screen()
    let stream = screen.stream(.plain)
    stream.show("12345")
    stream.show("678")
    stream.write(Array("kavka: x\n".utf8), .note)
    stream.write(Array("kavka: y\n".utf8), .note)
    stream.show("9")
    stream.clear()
    stream.clear()
    #expect(screen.text == "\r12345\r678  \r   \rkavka: x\nkavka: y\n\r9\r \r")
  }

  @Test("errors are red on a terminal with colour, and nothing else is")
  func colour() {
    let screens = [Screen(), Screen(), Screen()]
    for (screen, style) in zip(screens, [TerminalStyle.coloured, .plain, .exact]) {
      let diagnostics = Diagnostics(to: screen.stream(style))
      diagnostics.error("bad\u{1B}")
      diagnostics.note("fine")
    }
    #expect(screens[0].text == "\u{1B}[31mkavka:\u{1B}[0m bad\\x1b\nkavka: fine\n")
    #expect(screens[1].text == "kavka: bad\\x1b\nkavka: fine\n")
    #expect(screens[2].text == "kavka: bad\\x1b\nkavka: fine\n")
  }

  @Test("errors wait a second in all, the conclusion a second by itself, and notes not at all")
  func patience() {
    let screen = Screen()
    let diagnostics = Diagnostics(to: screen.stream(.exact, waiting: .milliseconds(600)))
    diagnostics.error("1")
    diagnostics.error("2")
    diagnostics.error("3")
    diagnostics.note("4")
    diagnostics.conclusion("5", isFailure: true)
    #expect(
      screen.patience == [.seconds(1), .milliseconds(400), .zero, .zero, .seconds(1)])
  }

  @Test("an error that has not had to wait gives later ones their second back")
  func patienceRestored() {
    let screen = Screen()
    let diagnostics = Diagnostics(to: screen.stream(.exact))
    diagnostics.error("1")
    diagnostics.error("2")
    #expect(screen.patience == [.seconds(1), .seconds(1)])
  }

  @Test("the conclusion is quiet only about success")
  func conclusion() {
    let screen = Screen()
    let diagnostics = Diagnostics(isQuiet: true, to: screen.stream(.exact))
    diagnostics.conclusion("fine", isFailure: false)
    diagnostics.conclusion("bad", isFailure: true)
    #expect(screen.text == "kavka: bad\n")
  }

  /// A pipe without room.
  private func fullPipe() throws -> (reader: Int32, writer: Int32) {
    let pipe = try Pipe()
    let flags = fcntl(pipe.writeEnd, F_GETFL)
    _ = fcntl(pipe.writeEnd, F_SETFL, flags | O_NONBLOCK)
    while write(pipe.writeEnd, [UInt8](repeating: 0x2E, count: 4096), 4096) > 0 {}
    _ = fcntl(pipe.writeEnd, F_SETFL, flags)
    return (pipe.readEnd, pipe.writeEnd)
  }

  @Test("a full pipe gets a line that waits once it is read from")
  func fullPipeIsRead() throws {
    let pipe = try fullPipe()
    defer { close(pipe.reader) }
    let line = Array("kavka: acknowledged 1\n".utf8)
    let thread = try WrittenElsewhere(line, to: pipe.writer)
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    // Nothing of it can be there before there is room.
    while true {
      let count = read(pipe.reader, &block, block.count)
      guard count > 0 else { break }
      text += block.prefix(count)
    }
    thread.join()
    #expect(text.drop { $0 == 0x2E }.elementsEqual(line))
  }

  @Test("a full pipe that nobody reads holds nobody up for longer than the patience", arguments: [0, 20])
  func fullPipeIsLeft(milliseconds: Int) throws {
    let pipe = try fullPipe()
    defer {
      close(pipe.reader)
      close(pipe.writer)
    }
    let patience = Duration.milliseconds(milliseconds)
    let waited = MessageStream.write(Array("lost\n".utf8), to: pipe.writer, patience: patience)
    #expect(waited >= patience)
    #expect(milliseconds > 0 || waited < .seconds(10))
  }

  @Test("a pipe without a reader is no reason to wait")
  func lostReader() throws {
    let pipe = try fullPipe()
    close(pipe.reader)
    defer { close(pipe.writer) }
    let waited = MessageStream.write(Array("lost\n".utf8), to: pipe.writer, patience: .seconds(3600))
    #expect(waited < .seconds(3600))
  }
}

/// A thread that writes a line with much patience, and then closes the descriptor.
private final class WrittenElsewhere {
  private final class Work {
    let line: [UInt8]
    let descriptor: Int32

    init(_ line: [UInt8], _ descriptor: Int32) {
      self.line = line
      self.descriptor = descriptor
    }
  }

  private var thread = pthread_t()

  init(_ line: [UInt8], to descriptor: Int32) throws {
    let work = Unmanaged.passRetained(Work(line, descriptor))
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        MessageStream.write(work.line, to: work.descriptor, patience: .seconds(3600))
        close(work.descriptor)
        return nil
      }, work.toOpaque())
    try #require(status == 0)
  }

  func join() { pthread_join(thread, nil) }
}
