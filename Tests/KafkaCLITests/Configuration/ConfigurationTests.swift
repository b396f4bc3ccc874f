import KafkaClient
import Testing

@testable import KafkaCLI

@Suite("Configuration")
struct ConfigurationTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  func parse(_ line: String, _ environment: [String: String] = [:]) throws(UsageError) -> Invocation {
    let words = line.split(separator: " ").map { Argument(String($0).replacing("DIR", with: directory.path)) }
    return try CommandLineParser.parse(words, environment: environment)
  }

  func produce(_ line: String, _ environment: [String: String] = [:]) throws -> ProduceArguments {
    guard case .produce(let arguments) = try parse("produce t \(line)", environment) else { throw UsageError("other") }
    return arguments
  }

  func dump(_ line: String, _ environment: [String: String] = [:]) throws -> [String: [String]] {
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

  @Test("a large file of something else costs a few lines, and little time", .timeLimit(.minutes(1)))
  func foreignContents() throws {
    try directory.write(String(repeating: "a-b-c-d-e\n", count: 100_000), to: "unknown")
    #expect(try produce("-F DIR/unknown").common.configuration.warnings.count == 21)
    try directory.write(String(repeating: "log.queue=x\n", count: 80_000), to: "effectless")
    #expect(try produce("-F DIR/effectless").common.configuration.remarks.count == 21)
    try directory.write((0..<40_000).map { "[profile \($0)]\n" }.joined(), to: "profiles")
    let error = #expect(throws: UsageError.self) { try produce("-F DIR/profiles --profile x") }
    #expect(error?.message.hasSuffix("17, 18, 19, …") == true)
    try directory.write(
      String(repeating: "\\", count: 60_000) + "\\\n" + String(repeating: "\\\n", count: 400_000), to: "joined")
    let warnings = try produce("-F DIR/joined").common.configuration.warnings
    #expect(warnings.count == 1 && warnings[0].count < 400)
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
}
