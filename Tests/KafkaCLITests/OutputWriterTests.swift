import Buffers
import Dispatch
import Glibc
import KafkaCLI
import TestHarness
import Testing

@Suite("Writing of output", .timeLimit(.minutes(1)))
struct OutputWriterTests {
  /// A pipe, of which an end is closed by the test or with it.
  private final class OutputPipe {
    let reader: Int32
    let writer: Int32
    private var isReaderOpen = true

    init() throws {
      signal(SIGPIPE, SIG_IGN)
      let pipe = try Pipe()
      (reader, writer) = (pipe.readEnd, pipe.writeEnd)
    }

    deinit {
      closeReader()
      close(writer)
    }

    /// Whether a write would be taken.
    var hasRoom: Bool {
      var status = pollfd(fd: writer, events: Int16(POLLOUT), revents: 0)
      return poll(&status, 1, 0) > 0
    }

    func closeReader() {
      if isReaderOpen { close(reader) }
      isReaderOpen = false
    }

    func read(_ count: Int) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: count)
      let read = Glibc.read(reader, &bytes, count)
      return Array(bytes.prefix(max(0, read)))
    }
  }

  @Test("output waits for 64 KiB or a flush")
  func buffering() throws {
    let pipe = try OutputPipe()
    var writer = OutputWriter(descriptor: pipe.writer)
    writer.buffer.append(utf8: "abc")
    try writer.flushIfFull()
    #expect(writer.writtenBytes == 0)
    try writer.flush()
    #expect(writer.writtenBytes == 3)
    #expect(pipe.read(10) == Array("abc".utf8))
    writer.buffer.append([UInt8](repeating: 7, count: 1 << 16))
    try writer.flushIfFull()
    #expect(writer.writtenBytes == 3 + 1 << 16)
    try writer.flush()
    #expect(writer.writtenBytes == 3 + 1 << 16)
  }

  @Test("a pipe that takes only a part at a time gets all, in order")
  func partialWrites() async throws {
    let pipe = try OutputPipe()
    try #require(fcntl(pipe.writer, F_SETFL, O_NONBLOCK) == 0)
    let size = 3 << 20
    async let received = read(size, from: pipe.reader)
    var writer = OutputWriter(descriptor: pipe.writer)
    for index in 0..<size { writer.buffer.append(byte: UInt8(truncatingIfNeeded: index)) }
    try writer.flush()
    let isSame = await received == (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    #expect(isSame)
  }

  @concurrent
  private func read(_ size: Int, from descriptor: Int32) async -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < size {
      let count = Glibc.read(descriptor, &block, block.count)
      guard count > 0 else { break }
      bytes += block.prefix(count)
    }
    return bytes
  }

  @Test("a reader that takes nothing is not waited for once the command is told to end")
  func interruption() throws {
    let pipe = try OutputPipe()
    let interruption = try OutputInterruption()
    interruption.begin()
    var writer = OutputWriter(descriptor: pipe.writer, interruption: interruption)
    for _ in 0..<1 << 20 { writer.buffer.append(byte: 7) }
    do throws(OutputError) {
      try writer.flush()
      Issue.record("no error")
    } catch {
      #expect(error == .interrupted)
    }
    // What there was room for is there.
    #expect(writer.writtenBytes == 1 << 16)
    #expect(pipe.read(1 << 17).count == 1 << 16)
  }

  @Test("a command that is told to end writes what there is room for")
  func interruptionWithRoom() throws {
    let pipe = try OutputPipe()
    let interruption = try OutputInterruption()
    interruption.begin()
    var writer = OutputWriter(descriptor: pipe.writer, interruption: interruption)
    for _ in 0..<3 {
      for _ in 0..<10_000 { writer.buffer.append(byte: 7) }
      try writer.flush()
    }
    #expect(writer.writtenBytes == 30_000)
    #expect(pipe.read(1 << 17).count == 30_000)
  }

  @Test("an interruption wakes a writer that waits already")
  func interruptionWhileWaiting() async throws {
    let pipe = try OutputPipe()
    let interruption = try OutputInterruption()
    let descriptor = pipe.writer
    async let outcome = flush(1 << 20, to: descriptor, interruption)
    // The writer is known to wait once the pipe is full.
    try await waitUntil { !pipe.hasRoom }
    interruption.begin()
    #expect(await outcome == .interrupted)
  }

  /// Writes on a thread of its own, as writing waits without the task giving way.
  private func flush(_ size: Int, to descriptor: Int32, _ interruption: OutputInterruption) async -> OutputError? {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "writer").async {
        var writer = OutputWriter(descriptor: descriptor, interruption: interruption)
        for _ in 0..<size { writer.buffer.append(byte: 7) }
        var failure: OutputError?
        do throws(OutputError) { try writer.flush() } catch { failure = error }
        continuation.resume(returning: failure)
      }
    }
  }

  @Test("a pipe without a reader is told from other errors, also while nothing is written")
  func brokenPipe() throws {
    let pipe = try OutputPipe()
    var writer = OutputWriter(descriptor: pipe.writer)
    let before = (OutputWriter.hasLostReader(pipe.writer), writer.isTerminal)
    pipe.closeReader()
    let after = OutputWriter.hasLostReader(pipe.writer)
    #expect(before == (false, false))
    #expect(after)
    writer.buffer.append(byte: 1)
    do throws(OutputError) {
      try writer.flush()
      Issue.record("no error")
    } catch {
      #expect(error == .brokenPipe)
    }
  }

  @Test("a full device is an error of the flush that meets it")
  func fullDevice() throws {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var writer = OutputWriter(descriptor: descriptor)
    writer.buffer.append(byte: 1)
    do throws(OutputError) {
      try writer.flush()
      Issue.record("no error")
    } catch {
      #expect(error.message == "standard output: No space left on device")
    }
  }
}
