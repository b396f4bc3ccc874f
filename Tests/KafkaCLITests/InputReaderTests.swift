import Buffers
import FoundationEssentials
import Glibc
import KafkaCLI
import Testing

@Suite("Reading of input", .timeLimit(.minutes(1)))
struct InputReaderTests {
  /// A directory of the test's own, removed with it.
  private final class Scratch {
    let url = FileManager.default.temporaryDirectory.appending(path: "kavka-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func file(_ name: String, _ bytes: [UInt8]) throws -> InputFile {
      try Data(bytes).write(to: url.appending(path: name))
      return InputFile(path: Array(path(name).utf8))
    }

    /// A FIFO, as a file to read and a descriptor to write to.
    func fifo(_ name: String) throws -> (file: InputFile, writer: Int32) {
      try #require(mkfifo(path(name), 0o600) == 0)
      let writer = open(path(name), O_RDWR | O_CLOEXEC)
      try #require(writer >= 0)
      return (InputFile(path: Array(path(name).utf8)), writer)
    }
  }

  private func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
  }

  /// The next event, those that only say that nothing is there left out.
  private func next(_ reader: InputReader) async throws -> InputEvent? {
    while let event = try await reader.next() {
      if case .idle = event { continue }
      return event
    }
    return nil
  }

  private func text(_ event: InputEvent?) -> String? {
    guard case .block(let bytes) = event else { return nil }
    return String(decoding: bytes.array, as: UTF8.self)
  }

  @Test("files are read one after another, each with its beginning and end")
  func files() async throws {
    let scratch = try Scratch()
    let files = [try scratch.file("a", [1, 2]), try scratch.file("b", []), try scratch.file("c", [3])]
    let reader = try InputReader(files)
    var seen: [String] = []
    while let event = try await next(reader) {
      switch event {
      case .begin(let file): seen.append("begin \(files.firstIndex(of: file) ?? -1)")
      case .block(let bytes): seen.append("\(bytes.array)")
      case .end: seen.append("end")
      case .idle: break
      }
    }
    #expect(seen == ["begin 0", "[1, 2]", "end", "begin 1", "end", "begin 2", "[3]", "end"])
  }

  @Test("a large file comes whole, though its reader is held up when the queue is full")
  func largeFile() async throws {
    let scratch = try Scratch()
    let size = 9 << 20 | 5
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      for index in 0..<size { buffer[index] = UInt8(truncatingIfNeeded: index &* 7 >> 3) }
      count = size
    }
    let reader = try InputReader([try scratch.file("large", bytes)])
    var offset = 0
    while let event = try await next(reader) {
      guard case .block(let block) = event else { continue }
      #expect(block.count <= 1 << 20)
      let isSame = block.array == Array(bytes[offset..<(offset + block.count)])
      #expect(isSame)
      offset += block.count
    }
    #expect(offset == size)
  }

  @Test("what was written to a pipe comes at once, and then that nothing more is there")
  func pipe() async throws {
    let scratch = try Scratch()
    let (file, writer) = try scratch.fifo("pipe")
    defer { close(writer) }
    let reader = try InputReader([file])
    guard case .begin = try await next(reader) else {
      Issue.record("no beginning")
      return
    }
    for line in ["one\n", "two\n"] {
      write(line, to: writer)
      #expect(text(try await next(reader)) == line)
      guard case .idle = try await reader.next() else {
        Issue.record("not idle")
        return
      }
      #expect(reader.isIdle)
    }
    reader.cancel()
    #expect(try await next(reader) == nil)
  }

  @Test("cancelling ends a wait for input that does not come, after what was read")
  func cancel() async throws {
    let scratch = try Scratch()
    let (file, writer) = try scratch.fifo("pipe")
    defer { close(writer) }
    let reader = try InputReader([file])
    _ = try await next(reader)
    write("partial", to: writer)
    #expect(text(try await next(reader)) == "partial")
    async let last = next(reader)
    reader.cancel()
    #expect(try await last == nil)
    #expect(try await next(reader) == nil)
    #expect(!reader.isIdle)
  }

  @Test("cancelling the task that waits ends the input")
  func taskCancellation() async throws {
    let scratch = try Scratch()
    let (file, writer) = try scratch.fifo("pipe")
    defer { close(writer) }
    let reader = try InputReader([file])
    _ = try await next(reader)
    let isEnd = await withTaskGroup(of: Bool.self) { group in
      group.addTask { (try? await self.next(reader)) == nil }
      group.cancelAll()
      return await group.next()
    }
    #expect(isEnd == true)
  }

  @Test("an error while reading comes after all that was read before")
  func readError() async throws {
    let scratch = try Scratch()
    let first = try scratch.file("a", [1])
    let reader = try InputReader([first, InputFile(path: Array(scratch.path("missing").utf8))])
    _ = try await next(reader)
    guard case .block = try await next(reader), case .end = try await next(reader) else {
      Issue.record("the first file is not whole")
      return
    }
    let error = await #expect(throws: InputError.self) { try await reader.next() }
    #expect(error?.errno == ENOENT)
    #expect(error?.message == "\(scratch.path("missing")): No such file or directory")
  }

  @Test("a directory and a missing file are refused before anything is read")
  func check() throws {
    let scratch = try Scratch()
    #expect(throws: InputError(source: scratch.url.path, errno: EISDIR)) {
      try InputFile(path: Array(scratch.url.path.utf8)).check()
    }
    #expect(throws: InputError(source: scratch.path("x"), errno: ENOENT)) {
      try InputFile(path: Array(scratch.path("x").utf8)).check()
    }
    #expect(throws: Never.self) { try scratch.file("y", []).check() }
  }
}
