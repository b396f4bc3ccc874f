import KafkaClient
import Testing

@testable import KafkaCLI

@Suite("Commands in the shell")
struct ShellCommandTests {
  private static func setting(
    _ words: [Argument] = [], topicInUse: String? = nil, isScript: Bool = false
  ) throws -> ShellCommand.Setting {
    let parsed = try ArgumentParser.parse(words, table: ShellOptions.table)
    let common = try CommonArguments(parsed, environment: ["KAVKA_BROKERS": "from-shell:1"])
    return ShellCommand.Setting(common: common, topicInUse: topicInUse, isScript: isScript)
  }

  private func parse(_ line: String, _ setting: ShellCommand.Setting) throws -> ShellCommand {
    try ShellCommand(ShellLine(parsing: Array(line.utf8)).words, setting)
  }

  @Test("a command gets the shell's options where it has none of its own")
  func inherits() throws {
    let setting = try Self.setting(["--timeout", "7s", "-q", "--client-id", "me"])
    guard case .run(.offsets(let plain)) = try parse("offsets t", setting) else { throw UsageError("not offsets") }
    #expect(plain.common == setting.common)
    guard case .run(.metadata(let own)) = try parse("metadata -v --timeout 1s", setting) else {
      throw UsageError("not metadata")
    }
    #expect(own.common.timeout == .seconds(1))
    #expect(own.common.isVerbose && !own.common.isQuiet)
    #expect(own.common.brokers == [BrokerAddress(host: "from-shell", port: 1)])
  }

  @Test(
    "the topic in use stands in for one that is not named",
    arguments: [
      ("consume -e", "consume -e used"), ("consume -e other", "consume -e other"),
      ("consume -t other", "consume other"),
      ("offsets", "offsets used"), ("offsets other", "offsets other"), ("produce", "produce used"),
      ("produce other", "produce other"), ("produce -t other", "produce other"), ("metadata", "metadata"),
    ])
  func topicInUse(line: String, meaning: String) throws {
    let outside = try Self.setting()
    #expect(try parse(line, Self.setting(topicInUse: "used")) == parse(meaning, outside))
  }

  @Test(
    "what would need another client is refused",
    arguments: [
      "metadata -b other", "consume -e t --brokers=other", "offsets t -4", "offsets t -6", "produce t --client-id x",
      "produce t --timeout 3s", "consume --timeout 3s t", "shell", "mock",
    ])
  func refused(line: String) throws {
    let setting = try Self.setting()
    #expect(throws: UsageError.self) { try parse(line, setting) }
  }

  @Test("a script cannot be the records too", arguments: ["produce t", "produce t -", "produce -t t a -"])
  func recordsInScript(line: String) throws {
    let script = try Self.setting(isScript: true)
    let typed = try Self.setting()
    #expect(throws: UsageError.self) { try parse(line, script) }
    #expect(throws: Never.self) { try parse(line, typed) }
    #expect(throws: Never.self) { try parse("produce t a b", script) }
  }

  @Test("the shell's own commands are understood")
  func builtins() throws {
    let setting = try Self.setting()
    #expect(try parse("use orders", setting) == .use(topic: "orders"))
    #expect(try parse("use", setting) == .use(topic: nil))
    #expect(try parse("exit", setting) == .exit)
    #expect(try parse("quit", setting) == .exit)
    #expect(try parse("history", setting) == .history)
    #expect(try parse("refresh", setting) == .refresh)
    #expect(try parse("help consume", setting) == .text(HelpText.of(ConsumeOptions.table)))
    #expect(try parse("consume --nonsense --help", setting) == .run(.text(HelpText.of(ConsumeOptions.table))))
    guard case .text(let overview) = try parse("help", setting) else { throw UsageError("no text") }
    for name in ShellHelp.commandNames { #expect(overview.contains("\n  \(name) ")) }
  }

  @Test(
    "mistakes are usage errors that help",
    arguments: [
      ("use a b", "unexpected 'b'"), ("use a/b", "topic"), ("exit 3", "unexpected '3'"), ("offsts", "'offsets'"),
      ("hel", "'help'"), ("help nothing", "unknown command"), ("consume --nope t", "--nope"), ("-x", "command"),
    ])
  func mistakes(line: String, text: String) throws {
    let setting = try Self.setting()
    let error = #expect(throws: UsageError.self) { try parse(line, setting) }
    #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
  }
}
