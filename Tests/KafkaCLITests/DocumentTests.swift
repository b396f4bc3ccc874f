import FoundationEssentials
import KafkaCLI
import Testing

@Suite("Help, manual and completions")
struct DocumentTests {
  @Test("help fits one screen and shows examples", arguments: CommandTable.all.map(\.name))
  func help(name: String) throws {
    let table = try CommandTable.named(name)
    let lines = HelpText.of(table).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count <= 40)
    #expect(lines.filter { $0.count > 80 } == [])
    #expect((2...3).contains(table.examples.count))
  }

  @Test("the help of kavka itself fits one screen and explains the options that commands only name")
  func overview() {
    let lines = HelpText.overview.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count <= 40)
    #expect(lines.filter { $0.count > 80 } == [])
    for option in ConsumeOptions.table.commonOptions { #expect(HelpText.overview.contains("  \(option.heading)")) }
  }

  @Test("no two options of a command have the same name", arguments: CommandTable.all.map(\.name))
  func names(name: String) throws {
    let names = try CommandTable.named(name).allOptions.flatMap(\.names)
    #expect(Set(names).count == names.count)
  }

  @Test("every example of a command can be parsed", arguments: CommandTable.all.map(\.name))
  func examples(name: String) throws {
    for example in try CommandTable.named(name).examples {
      let words = try #require(example.line.split(separator: "kavka ", maxSplits: 1).last)
        .prefix { !"|>)\"".contains($0) }.split(separator: " ")
      let unquoted = words.filter { !$0.hasPrefix("'%") && !$0.hasPrefix("%") && !$0.hasSuffix("'") }
      guard example.line.contains("'%") || name == "mock" || name == "shell" else {
        #expect(throws: Never.self) {
          try CommandLineParser.parse(unquoted.map { Argument(String($0)) }, environment: [:])
        }
        continue
      }
    }
  }

  @Test("man offers the commands there are")
  func manualPages() {
    guard case .words(_, .choices(let names)) = ManOptions.table.operands else {
      Issue.record("man takes no names")
      return
    }
    #expect(names == CommandTable.all.map(\.pageName))
  }

  @Test("roff requests, escapes and quotes in the text of a page are escaped")
  func roff() {
    for table in CommandTable.all {
      for line in ManualPage.of(table).split(separator: "\n") {
        #expect(!line.hasPrefix("'"))
        #expect(
          !line.hasPrefix(".") || line.prefix(4).contains { $0.isUppercase } || [".nf", ".fi", ".br"].contains(line))
      }
    }
  }

  /// Set `KAVKA_RECORD=1` to write the files instead of comparing them.
  @Test(
    "the manual pages and completions that are checked in are those of the tables",
    arguments: GeneratedFiles.all.map(\.path))
  func generatedFiles(path: String) throws {
    let file = try #require(GeneratedFiles.all.first { $0.path == path })
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let url = root.appending(path: file.path)
    if ProcessInfo.processInfo.environment["KAVKA_RECORD"] != nil {
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.contents.utf8).write(to: url)
    }
    let checkedIn = try? String(decoding: Data(contentsOf: url), as: UTF8.self)
    let isCurrent = checkedIn == file.contents
    #expect(isCurrent, "KAVKA_RECORD=1 swift test --filter DocumentTests writes it anew")
  }
}
