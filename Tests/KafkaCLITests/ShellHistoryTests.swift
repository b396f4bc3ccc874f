import Glibc
import Testing

@testable import KafkaCLI

@Suite("The shell's history")
struct ShellHistoryTests {
  private let directory: TemporaryDirectory
  private var environment: [String: String] { ["XDG_STATE_HOME": directory.path] }

  init() throws { directory = try TemporaryDirectory() }

  private func history() throws -> CommandHistory {
    try CommandHistory(file: HistoryFile(environment: environment))
  }

  private func mode(of name: String) -> mode_t {
    var status = stat()
    return stat(directory.file(name), &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test("lines are there again in the next session, and for their owner only")
  func persistence() throws {
    let first = try history()
    #expect(try first.add(Array("metadata".utf8)))
    #expect(try first.add(Array("offsets ä".utf8)))
    #expect(try history().lines == ["metadata", "offsets ä"].map { Array($0.utf8) })
    #expect(mode(of: "kavka/history") == 0o600)
    #expect(mode(of: "kavka") == 0o700)
  }

  @Test("two sessions at once keep each other's lines")
  func twoSessions() throws {
    let sessions = [try history(), try history()]
    for (index, line) in ["a", "b", "c"].enumerated() { _ = try sessions[index % 2].add(Array(line.utf8)) }
    #expect(try history().lines == ["a", "b", "c"].map { Array($0.utf8) })
  }

  @Test("some lines are not kept", arguments: ["", " offsets t", "\toffsets t", "last", "a\nb", "a\u{0}b"])
  func notKept(line: String) throws {
    let history = try history()
    _ = try history.add(Array("last".utf8))
    #expect(try !history.add(Array(line.utf8)))
    #expect(history.lines.count == 1)
    #expect(directory.contents(of: "kavka/history") == "last\n")
  }

  @Test("the file is cut to the newest lines")
  func trimming() throws {
    _ = try history()
    let lines = (0..<CommandHistory.limit + 5).map { "line \($0)" }
    try directory.write(lines.joined(separator: "\n") + "\n", to: "kavka/history")
    #expect(try history().lines == lines.suffix(CommandHistory.limit).map { Array($0.utf8) })
    #expect(directory.contents(of: "kavka/history") == lines.dropFirst(5).joined(separator: "\n") + "\n")
    #expect(mode(of: "kavka/history") == 0o600)
  }

  @Test("a file that others can read is closed to them")
  func mode() throws {
    _ = try history()
    #expect(chmod(directory.file("kavka/history"), 0o644) == 0)
    _ = try history()
    #expect(mode(of: "kavka/history") == 0o600)
  }

  @Test("a link or a directory in its place is refused")
  func notAFile() throws {
    #expect(mkdir(directory.file("kavka"), 0o700) == 0)
    #expect(symlink("/dev/null", directory.file("kavka/history")) == 0)
    #expect(throws: InputError.self) { try history() }
    #expect(unlink(directory.file("kavka/history")) == 0 && mkdir(directory.file("kavka/history"), 0o700) == 0)
    #expect(throws: InputError.self) { try history() }
  }

  @Test("it is in the home directory where nothing else is said, and nowhere without one")
  func place() throws {
    let home = try #require(HistoryFile(environment: ["HOME": directory.path, "XDG_STATE_HOME": "relative"]))
    #expect(try home.load(limit: 10).isEmpty)
    try home.append(Array("a".utf8))
    #expect(directory.contents(of: ".local/state/kavka/history") == "a\n")
    let nowhere = HistoryFile(environment: [:])
    #expect(nowhere == nil)
  }
}
