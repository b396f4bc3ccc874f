import KafkaClient
import KafkaProtocol
import Testing
import Transport

@testable import KafkaCLI

@Suite("Configuration")
struct ConfigurationTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func parse(_ line: String, _ environment: [String: String] = [:]) throws(UsageError) -> Invocation {
    let words = line.split(separator: " ").map { Argument(String($0).replacing("DIR", with: directory.path)) }
    return try CommandLineParser.parse(words, environment: environment)
  }

  private func produce(_ line: String, _ environment: [String: String] = [:]) throws -> ProduceArguments {
    guard case .produce(let arguments) = try parse("produce t \(line)", environment) else { throw UsageError("other") }
    return arguments
  }

  private func dump(_ line: String, _ environment: [String: String] = [:]) throws -> [String: [String]] {
    guard case .table(let table) = try parse("\(line) -X dump", environment) else { throw UsageError("no table") }
    return Dictionary(uniqueKeysWithValues: table.rows.map { ($0[0], Array($0[1...])) })
  }

  // MARK: Precedence

  /// Every set of those who can say something, and who of them counts.
  private static let speakers: [(speakers: [String], client: String, brokers: String)] = (0..<32).map { bits in
    let all = ["file", "profile", "environment", "-X", "option"]
    let chosen = all.indices.filter { bits >> $0 & 1 == 1 }.map { all[$0] }
    // The environment has a variable for the brokers alone.
    return (chosen, chosen.last { $0 != "environment" } ?? "default", chosen.last ?? "default")
  }

  @Test("an option counts before -X, the environment, the profile, the file and the default", arguments: speakers)
  func precedence(speakers: [String], client: String, brokers: String) throws {
    var file = "#\n"
    if speakers.contains("file") { file += "client.id=file\nbootstrap.servers=file\n" }
    file += "[profile p]\n"
    if speakers.contains("profile") { file += "client.id=profile\nmetadata.broker.list=profile\n" }
    try directory.write(file, to: "config")
    var line = "-F DIR/config --profile p"
    if speakers.contains("option") { line += " --client-id option -b option" }
    if speakers.contains("-X") { line += " -X client.id=-X -X bootstrap.servers=x" }
    let environment = speakers.contains("environment") ? ["KAVKA_BROKERS": "environment"] : [:]
    let arguments = try produce(line, environment)
    #expect(arguments.common.clientID == (client == "default" ? "kavka" : client))
    let host = ["default": "localhost", "-X": "x"][brokers] ?? brokers
    #expect(arguments.common.brokers == [BrokerAddress(host: host)])
    let origins = [
      "default": "default", "file": "\(directory.path)/config:2", "environment": "$KAVKA_BROKERS", "-X": "option -X",
    ]
    let from = try #require(try dump("produce \(line)", environment)["client.id"]?[1])
    switch client {
    case "option": #expect(from == "option --client-id")
    case "profile": #expect(from.hasPrefix("\(directory.path)/config:"))
    default: #expect(from == origins[client])
    }
  }

  @Test(
    "the file is the option's, else $KAVKA_CONFIG, else the user's own",
    arguments: [
      ("-F DIR/a", ["KAVKA_CONFIG": "DIR/b", "HOME": "DIR"], "a"), ("", ["KAVKA_CONFIG": "DIR/b", "HOME": "DIR"], "b"),
      ("", ["XDG_CONFIG_HOME": "DIR/xdg", "HOME": "DIR"], "xdg"), ("", ["HOME": "DIR"], "home"),
      ("", ["XDG_CONFIG_HOME": "relative", "HOME": "DIR"], "home"), ("", ["KAVKA_CONFIG": "", "HOME": "DIR"], "home"),
      ("", ["XDG_CONFIG_HOME": "DIR/none"], "kavka"), ("-F /dev/null", ["HOME": "DIR"], "kavka"), ("", [:], "kavka"),
    ])
  func fileSearch(line: String, environment: [String: String], clientID: String) throws {
    try directory.write("client.id=a", to: "a")
    try directory.write("client.id=b", to: "b")
    try directory.makeDirectory("xdg/kavka")
    try directory.makeDirectory(".config/kavka")
    try directory.write("client.id=xdg", to: "xdg/kavka/config")
    try directory.write("client.id=home", to: ".config/kavka/config")
    let environment = environment.mapValues { $0.replacing("DIR", with: directory.path) }
    #expect(try produce(line, environment).common.clientID == clientID)
  }

  @Test("a profile is chosen by the option, else by the environment; what stands before all sections holds too")
  func profiles() throws {
    try directory.write(
      "client.id=common\nlinger.ms=7\n[profile a]\nclient.id=a\n[profile b]\nclient.id=b\n", to: "config")
    let file = "-F DIR/config"
    #expect(try produce(file).common.clientID == "common")
    #expect(try produce("\(file) --profile a").common.clientID == "a")
    #expect(try produce("\(file) --profile a").linger == .milliseconds(7))
    #expect(try produce(file, ["KAVKA_PROFILE": "b"]).common.clientID == "b")
    #expect(try produce("\(file) --profile a", ["KAVKA_PROFILE": "b"]).common.clientID == "a")
  }

  // MARK: Files that are wrong

  @Test(
    "a file that cannot be used is one line that says why",
    arguments: [
      ("-F DIR/none", "option -F: DIR/none: No such file or directory"),
      ("--config=DIR", "option --config: DIR: Is a directory"),
      ("-F DIR/large", "option -F: DIR/large: File too large"),
      ("-F DIR/junk", "DIR/junk:1: this is no text; a byte has the value 1"),
      ("-F DIR/wrong", "DIR/wrong:2: linger.ms: 'soon' is not a whole number"),
      (
        "-F DIR/tls",
        "DIR/tls:2: security.protocol is not supported; TLS and SASL are not in this version"
      ),
      (
        "-F DIR/good --profile C",
        "option --profile: there is no profile 'C'; DIR/good has A, B b"
      ),
      ("-F DIR/tls --profile C", "option --profile: there is no profile 'C'; DIR/tls has no profiles"),
      (
        "--profile C",
        "option --profile: there is no profile 'C'; profiles are in a configuration file; name it with -F"
      ),
      (
        "-F DIR/good --profile A",
        "DIR/good:3: readonly: this would change the cluster; choose another profile, or -X readonly=false"
      ),
    ])
  func wrongFiles(line: String, message: String) throws {
    try directory.write(String(repeating: "#\n", count: 1 << 20), to: "large")
    try directory.write("\u{1}\u{2}", to: "junk")
    try directory.write("\nlinger.ms = soon", to: "wrong")
    try directory.write("client.id=x\nsecurity.protocol=SASL_SSL\nsasl.password=hunter2\n", to: "tls")
    try directory.write("client.id=x\n[profile A]\nreadonly=true\n[profile B b]\n", to: "good")
    let error = #expect(throws: UsageError.self) { try produce(line) }
    #expect(error?.message == message.replacing("DIR", with: directory.path))
  }

  @Test("a missing profile file named by the environment is an error too")
  func missingFile() {
    let error = #expect(throws: UsageError.self) { try produce("", ["KAVKA_CONFIG": "/nowhere/x"]) }
    #expect(error?.message == "$KAVKA_CONFIG: /nowhere/x: No such file or directory")
  }

  @Test("files of other clients can be read: what is unknown is a line, what has no effect is a detail")
  func foreignFile() throws {
    try directory.write(
      """
      # Java
      bootstrap.servers = b1:9092,\\
        b2
      key.serializer=org.apache.kafka.common.serialization.StringSerializer
      value.serializer=io.confluent.kafka.serializers.KafkaAvroSerializer
      group.id: readers
      send.buffer.bytes 131072
      schema.registry.url=http://x
      compresion.type=zstd
      topic.acks=1
      security.protocol=PLAINTEXT
      """, to: "config")
    let arguments = try produce("-F DIR/config")
    #expect(arguments.common.brokers.map(\.description) == ["b1:9092", "b2:9092"])
    #expect(arguments.acks == .leader)
    let path = "\(directory.path)/config"
    #expect(
      arguments.common.configuration.warnings == [
        "\(path):5: value.serializer=io.confluent.kafka.serializers.KafkaAvroSerializer is not supported; bytes stay as they are",
        "\(path):8: unknown setting 'schema.registry.url'; -X list lists them",
        "\(path):9: unknown setting 'compresion.type'; did you mean compression.type?",
      ])
    #expect(
      arguments.common.configuration.remarks == [
        "\(path):6: group.id has no effect on produce",
        "\(path):7: send.buffer.bytes has no effect: sockets are set up in one way",
      ])
  }

  // MARK: -X

  @Test(
    "-X refuses what it does not know or cannot honour",
    arguments: [
      ("produce t -X lingr.ms=1", "option -X: unknown setting 'lingr.ms'; did you mean linger.ms?"),
      ("produce t -X linger.ms", "option -X: 'linger.ms' is not KEY=VALUE; -X list lists the settings"),
      ("produce t -X =1", "option -X: '=1' is not KEY=VALUE; -X list lists the settings"),
      ("produce t -X linger.ms=-1", "option -X: linger.ms: '-1' is out of range; from 0 to 2147483647"),
      (
        "produce t -X linger.ms=99999999999999999999",
        "option -X: linger.ms: '99999999999999999999' is out of range; from 0 to 2147483647"
      ),
      ("produce t -X acks=2", "option -X: acks: '2' is not one of all, 1, 0"),
      ("produce t -X enable.idempotence=maybe", "option -X: enable.idempotence: 'maybe' is not one of true, false"),
      (
        "produce t -X sasl.password=hunter2",
        "option -X: sasl.password is not supported; TLS and SASL are not in this version"
      ),
      (
        "produce t -X ssl.anything=x", "option -X: ssl.anything is not supported; TLS and SASL are not in this version"
      ),
      (
        "consume t -X check.crcs=false",
        "option -X: check.crcs=false is not supported; checksums are always verified"
      ),
      (
        "consume t -X group.id=g",
        "option -X: group.id is not supported; consume is in no group; partitions and offsets are given by -p and -o"
      ),
      (
        "produce t -X partitioner=consistent",
        "option -X: partitioner: 'consistent' is not supported; keys without a partition of their own need another one; use "
          + "murmur2_random or random"
      ),
      (
        "produce t -X compression.type=gzip -X compression.level=12",
        "option -X: compression.level: '12' is not a level of gzip; from 1 to 9"
      ),
      (
        "produce t -z gzip -X compression.level=12",
        "option -X: compression.level: '12' is not a level of gzip; from 1 to 9"
      ),
      (
        "produce t -X acks=1 -X enable.idempotence=true",
        "option -X: enable.idempotence needs acks=all; acks is 1 from option -X"
      ),
      (
        "produce t -X readonly=true",
        "option -X: readonly: this would change the cluster; choose another profile, or -X readonly=false"
      ),
    ])
  func refused(line: String, message: String) {
    let error = #expect(throws: UsageError.self) { try parse(line) }
    #expect(error?.message == message)
  }

  @Test("servers may have the protocol in front that other clients allow, unless it is one of security")
  func schemes() throws {
    let arguments = try produce("-X bootstrap.servers=PLAINTEXT://a:1,plaintext://[::1]:2,b")
    #expect(arguments.common.brokers.map(\.description) == ["a:1", "[::1]:2", "b:9092"])
    let error = #expect(throws: UsageError.self) { try produce("-X bootstrap.servers=a,SASL_SSL://b:1") }
    #expect(
      error?.message
        == "option -X: bootstrap.servers: 'SASL_SSL://b:1' is not supported; TLS and SASL are not in this version")
    #expect(throws: UsageError.self) { try produce("-X bootstrap.servers=http://b:1") }
  }

  @Test(
    "a linger has decimals of a millisecond, as librdkafka's has",
    arguments: [("0.5", Duration.microseconds(500)), ("3.25", .microseconds(3_250)), ("1.001", .microseconds(1_001))])
  func decimals(text: String, linger: Duration) throws {
    #expect(try produce("-X linger.ms=\(text)").linger == linger)
  }

  @Test(
    "other forms of decimals are refused",
    arguments: ["0.", ".5", "1.2345", "1.2.3", "1,5", "1.-5", "2147483647.5", "1e3"])
  func wrongDecimals(text: String) { #expect(throws: UsageError.self) { try produce("-X linger.ms=\(text)") } }

  @Test("settings reach the producer under either name, and in either unit")
  func producerSettings() throws {
    let job = ProduceJob(
      try produce(
        "-X acks=-1 -X queue.buffering.max.ms=9 -X batch.size=1000 -X max.request.size=2000 -X message.timeout.ms=3000 "
          + "-X compression.type=ZSTD -X compression.zstd.level=7 -X compression.level=1 -X partitioner=consistent_random "
          + "-X max.in.flight=2 -X queue.buffering.max.kbytes=4 -X enable.idempotence=FALSE"))
    #expect(job.producer.acknowledgement == .all)
    #expect(job.producer.linger == .milliseconds(9))
    #expect(job.producer.batchBytes == 1_000)
    #expect(job.maximumRecordBytes == 2_000)
    #expect(job.producer.deliveryTimeout == .seconds(3))
    #expect(job.producer.compression == Compression(.zstd, level: 7))
    #expect(job.producer.partitioner == .crc32)
    #expect(job.producer.maximumInFlight == 2)
    #expect(job.producer.bufferBytes == 4_096)
    #expect(!job.producer.isIdempotent)
  }

  @Test("settings reach the consumer and the client")
  func consumerSettings() throws {
    guard
      case .consume(let arguments) = try parse(
        "consume t -X fetch.min.bytes=2 -X fetch.max.bytes=3000 -X max.partition.fetch.bytes=2000 -X fetch.max.wait.ms=40 "
          + "-X isolation.level=read_uncommitted -X auto.offset.reset=smallest -X queued.max.messages.kbytes=5 "
          + "-X client.rack=r1 -X request.timeout.ms=6000 -X socket.connection.setup.timeout.ms=700 "
          + "-X retry.backoff.ms=5000 -X retry.backoff.max.ms=800 -X reconnect.backoff.ms=9 -X metadata.max.age.ms=10 "
          + "-X broker.address.family=v6 -X receive.message.max.bytes=1100")
    else { throw UsageError("not consume") }
    let consumer = ConsumeJob(arguments, now: 0).consumer
    #expect(consumer.minimumBytes == 2 && consumer.maximumBytes == 3_000 && consumer.maximumPartitionBytes == 2_000)
    #expect(consumer.maximumWait == .milliseconds(40) && consumer.isolation == .readUncommitted)
    #expect(consumer.offsetReset == .earliest && consumer.bufferBytes == 5 << 10)
    let client = KafkaClientConfiguration(arguments.common, diagnostics: Diagnostics())
    #expect(client.rack == "r1" && client.requestTimeout == .seconds(6))
    #expect(client.connectionTimeout == .milliseconds(700) && client.metadataMaximumAge == .milliseconds(10))
    #expect(client.retryBackoff == .milliseconds(800) ... .milliseconds(800))
    #expect(client.reconnectBackoff == .milliseconds(9) ... .seconds(1))
    #expect(client.addressFamily == .ipv6 && client.maximumResponseBytes == 1_100)
  }

  @Test("an option for acknowledgements or a codec wins over what settings say beside it")
  func optionsWin() throws {
    #expect(try produce("--acks all -X acks=1").isIdempotent)
    #expect(try !produce("--acks 1 -X enable.idempotence=true").isIdempotent)
    #expect(try !produce("--no-idempotence -X enable.idempotence=true").isIdempotent)
    #expect(
      try produce("-z lz4 -X compression.type=gzip -X compression.level=4").compression == Compression(.lz4, level: 4))
    #expect(try produce("-z lz4:2 -X compression.level=4").compression == Compression(.lz4, level: 2))
    #expect(try produce("-z snappy -X compression.level=4").compression == Compression(.snappy))
    try directory.write("enable.idempotence=true\ncompression.level=9\ncompression.type=gzip\n", to: "config")
    #expect(try produce("-F DIR/config -X compression.level=-1").compression == Compression(.gzip))
    #expect(try produce("-z zstd -X compression.zstd.level=-1").compression == Compression(.zstd, level: -1))
    #expect(try !produce("-F DIR/config -X acks=1").isIdempotent)
  }

  // MARK: Tables

  /// The settings that do something, and those options that say the same as their defaults.
  @Test("saying the default changes nothing", arguments: SettingCatalogue.all.filter(\.isHonoured).map(\.name))
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
