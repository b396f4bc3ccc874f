import KafkaClient
import Testing

@testable import KafkaCLI

/// `-X list` and `-X dump`, and the configuration of the shell.
extension ConfigurationTests {
  /// The settings that do something, and those options that say the same as their defaults.
  @Test("saying the default changes nothing", arguments: SettingCatalogue.all.filter { $0.isHonoured }.map { $0.name })
  func defaults(name: String) throws {
    let setting = try #require(SettingCatalogue.find(name)?.setting)
    guard !setting.defaultValue.isEmpty else { return }
    for command in ["produce", "consume", "metadata"] {
      let operand = command == "metadata" ? "" : " t"
      let plain = try effect(parse("\(command)\(operand)"))
      for name in [setting.name] + setting.aliases.filter({ $0.factor == 1 }).map(\.name) {
        #expect(try effect(parse("\(command)\(operand) -X \(name)=\(setting.defaultValue)")) == plain)
      }
    }
  }

  private func effect(_ invocation: Invocation) throws -> String {
    let common = try #require(invocation.common)
    var client = KafkaClientConfiguration(common, diagnostics: Diagnostics())
    client.onEvent = nil
    return "\(client) \(common.timeout) " + String(reflecting: invocation.shellJob(now: 0))
  }

  @Test("-X list has every setting once, in whole lines, without an operand")
  func list() throws {
    guard case .table(let table) = try parse("produce -X list") else { throw UsageError("no table") }
    let names = table.rows.map { $0[0] }
    #expect(names.count > 100 && Set(names).count == names.count)
    #expect(table.rows.allSatisfy { row in row.allSatisfy { !$0.isEmpty && !$0.contains("\t") && !$0.contains("\n") } })
    for name in ["linger.ms", "security.protocol", "group.id", "check.crcs"] { #expect(names.contains(name)) }
  }

  @Test("-X dump says what is in force and who said so, without secrets")
  func dumped() throws {
    try directory.write("linger.ms=1\nbatch.size=2\nsasl.password=hunter2\nsecurity.protocol=SASL_SSL\n", to: "config")
    let rows = try dump(
      "produce -F DIR/config -X linger.ms=2 --linger 3s -z zstd:4 -4 --acks 1 -X buffer.memory=1024",
      ["KAVKA_BROKERS": "h:1"])
    #expect(rows["linger.ms"] == ["3000", "option --linger"])
    #expect(rows["batch.size"] == ["2", "\(directory.path)/config:2"])
    #expect(rows["compression.codec"] == ["zstd", "option -z"])
    #expect(rows["compression.level"] == ["4", "option -z"])
    #expect(rows["broker.address.family"] == ["v4", "option -4"])
    #expect(rows["bootstrap.servers"] == ["h:1", "$KAVKA_BROKERS"])
    #expect(rows["request.required.acks"] == ["1", "option --acks"])
    #expect(rows["enable.idempotence"] == ["false", "option --acks"])
    #expect(rows["buffer.memory"] == ["1024", "option -X"])
    #expect(rows["fetch.min.bytes"] == ["1", "default"])
    #expect(rows["sasl.password"] == ["***", "\(directory.path)/config:3"])
    #expect(!rows.values.joined().contains { $0.contains("hunter2") })
  }

  // MARK: The shell

  @Test("commands of the shell have its configuration, and -X of their own where no other client is needed")
  func shell() throws {
    try directory.write("linger.ms=8\nisolation.level=read_uncommitted\nclient.id=me\n", to: "config")
    guard case .shell(let shell) = try parse("shell -F DIR/config -X batch.size=5") else { throw UsageError("other") }
    let setting = ShellCommand.Setting(common: shell.common)
    func run(_ line: String) throws -> Invocation {
      guard case .run(let invocation) = try ShellCommand(ShellLine(parsing: Array(line.utf8)).words, setting) else {
        throw UsageError("not run")
      }
      return invocation
    }
    guard case .produce(let produce) = try run("produce t f -X batch.size=6") else { throw UsageError("not produce") }
    #expect(produce.linger == .milliseconds(8) && produce.batchBytes == 6 && produce.common.clientID == "me")
    guard case .consume(let consume) = try run("consume t") else { throw UsageError("not consume") }
    #expect(consume.isolation == .readUncommitted)
    for line in ["produce t f -X client.id=x", "produce t f -F x", "produce t f --profile x", "consume t --rack x"] {
      #expect(throws: UsageError.self) { try run(line) }
    }
    guard case .table = try run("produce -X list") else { throw UsageError("no table") }
  }

  @Test("a shell that is readonly runs no command that changes something")
  func readonlyShell() throws {
    guard case .shell(let shell) = try parse("shell -X readonly=true") else { throw UsageError("other") }
    let setting = ShellCommand.Setting(common: shell.common)
    #expect(throws: UsageError.self) { try ShellCommand(["produce", "t", "f"], setting) }
    #expect(throws: Never.self) { try ShellCommand(["consume", "t"], setting) }
  }

  @Test("in the shell -X dump has what the shell was told by options")
  func shellDump() throws {
    guard case .shell(let shell) = try parse("shell -b h:1 --timeout 7s -X linger.ms=3") else {
      throw UsageError("other")
    }
    let line = ShellCommand.Setting(common: shell.common)
    let command = try ShellCommand(["metadata", "-X", "dump"], line)
    guard case .run(.table(let table)) = command else { throw UsageError("no table") }
    let rows = Dictionary(uniqueKeysWithValues: table.rows.map { ($0[0], Array($0[1...])) })
    #expect(rows["bootstrap.servers"] == ["h:1", "option -b"])
    #expect(rows["socket.timeout.ms"] == ["7000", "option --timeout"])
    #expect(rows["linger.ms"] == ["3", "option -X"])
  }
}
