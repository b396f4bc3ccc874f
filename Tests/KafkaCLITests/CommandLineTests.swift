import Buffers
import KafkaCLI
import KafkaClient
import KafkaProtocol
import Testing
import Transport

@Suite("Command lines")
struct CommandLineTests {
  private func parse(_ line: String, environment: [String: String] = [:]) throws(UsageError) -> Invocation {
    try CommandLineParser.parse(line.split(separator: " ").map { Argument(String($0)) }, environment: environment)
  }

  private func produce(_ line: String) throws -> ProduceArguments {
    guard case .produce(let arguments) = try parse("produce \(line)") else { throw UsageError("not produce") }
    return arguments
  }

  private func consume(_ line: String) throws -> ConsumeArguments {
    guard case .consume(let arguments) = try parse("consume \(line)") else { throw UsageError("not consume") }
    return arguments
  }

  @Test("produce has the defaults of its manual")
  func produceDefaults() throws {
    let arguments = try produce("orders")
    #expect(arguments.topic == "orders")
    #expect(arguments.files == [Array("-".utf8)])
    #expect(arguments.common.brokers == [BrokerAddress(host: "localhost", port: 9092)])
    #expect(arguments.common.timeout == .seconds(30))
    #expect(arguments.common.clientID == "kavka")
    #expect(
      arguments.input
        == .lines(
          .init(keyDelimiter: nil, defaultKey: nil, emptyIsNull: false, nullString: nil), delimiter: Bytes(utf8: "\n")))
    #expect(arguments.acks == .all)
    #expect(arguments.isIdempotent)
    #expect(arguments.linger == .milliseconds(5))
    #expect(arguments.batchBytes == 1 << 20)
    #expect(arguments.maxRecordBytes == nil)
    #expect(arguments.deliveryTimeout == .seconds(120))
    #expect(arguments.partitioner == .murmur2)
    #expect(arguments.creation == nil)
  }

  @Test("produce takes every option")
  func produceOptions() throws {
    let arguments = try produce(
      #"-t orders a.log - -p 3 -k key -K : -D \0 -c 5 -z lz4:3 -H a=b -H c --timestamp 17 -Z --null NULL --acks 1 --linger 0 "#
        + "--batch-bytes 64K --max-record-bytes 1M --delivery-timeout 10s --create-topic=6:2 -b h:1 -4 -q --client-id me"
    )
    #expect(arguments.topic == "orders")
    #expect(arguments.files == ["a.log", "-"].map { Array($0.utf8) })
    #expect(arguments.partition == 3)
    let rules = InputFieldRules(
      keyDelimiter: Bytes(utf8: ":"), defaultKey: Bytes(utf8: "key"), emptyIsNull: true, nullString: Bytes(utf8: "NULL")
    )
    #expect(arguments.input == .lines(rules, delimiter: Bytes(utf8: "\0")))
    #expect(arguments.count == 5)
    #expect(arguments.compression == Compression(.lz4, level: 3))
    #expect(arguments.headers.count == 2)
    #expect(arguments.encodedHeaders.count == 2)
    #expect(arguments.timestamp == 17)
    #expect(arguments.acks == .leader)
    #expect(!arguments.isIdempotent)
    #expect(arguments.linger == .zero)
    #expect(arguments.batchBytes == 65_536)
    #expect(arguments.maxRecordBytes == 1 << 20)
    #expect(arguments.deliveryTimeout == .seconds(10))
    #expect(arguments.creation == TopicCreation(partitions: 6, replicas: 2))
    #expect(arguments.common.brokers == [BrokerAddress(host: "h", port: 1)])
    #expect(arguments.common.family == .ipv4)
    #expect(arguments.common.isQuiet)
    #expect(arguments.common.clientID == "me")
  }

  @Test("a topic is created with the broker's numbers when none are given")
  func createTopic() throws {
    #expect(try produce("t --create-topic").creation == TopicCreation())
  }

  @Test("consume takes topics as options and operands, and -p for those without partitions")
  func consumeTopics() throws {
    let arguments = try consume("-t a b:1-2 c -p 0,4")
    #expect(
      arguments.topics == [
        TopicSelection(topic: "a", partitions: PartitionSet([0...0, 4...4])),
        TopicSelection(topic: "b", partitions: PartitionSet([1...2])),
        TopicSelection(topic: "c", partitions: PartitionSet([0...0, 4...4])),
      ])
  }

  @Test("consume has the defaults of its manual")
  func consumeDefaults() throws {
    let arguments = try consume("t")
    #expect(arguments.start == .beginning)
    #expect(arguments.until == nil)
    #expect(!arguments.exitsAtEnd)
    #expect(arguments.output == .text(keyDelimiter: nil, delimiter: Bytes(copying: [0x0A]), null: nil))
    #expect(arguments.isolation == .readCommitted)
    #expect(arguments.onReset == .fail)
    #expect(arguments.minBytes == 1)
    #expect(arguments.maxBytes == 50 << 20)
    #expect(arguments.maxWait == .milliseconds(500))
  }

  @Test("consume takes a negative start as the next word")
  func negativeStart() throws {
    #expect(try consume("-o -5 -e t").start == .beforeEnd(5))
    #expect(try consume("-eo-1h t").start == .ago(.seconds(3600)))
  }

  @Test("an empty delimiter writes nothing between records, but cannot divide them")
  func emptyDelimiter() throws {
    let words: [Argument] = ["-D", "", "t"]
    guard case .consume(let arguments) = try CommandLineParser.parse(["consume"] + words, environment: [:]) else {
      Issue.record("not consume")
      return
    }
    #expect(arguments.output == .text(keyDelimiter: nil, delimiter: .empty, null: nil))
    #expect(throws: UsageError.self) { try CommandLineParser.parse(["produce"] + words, environment: [:]) }
  }

  @Test("one number is asked for one partition, by default the latest")
  func offsetNumber() throws {
    guard case .offsets(let arguments) = try parse("offsets -n orders:3") else {
      Issue.record("not offsets")
      return
    }
    #expect(arguments.form == .number)
    #expect(arguments.at == .latest)
    #expect(arguments.topics == [TopicSelection(topic: "orders", partitions: PartitionSet([3...3]))])
  }

  @Test("metadata has --brokers without a value, and -b for the servers")
  func metadataBrokers() throws {
    guard case .metadata(let arguments) = try parse("metadata --brokers -b h") else {
      Issue.record("not metadata")
      return
    }
    #expect(arguments.form == .cluster(.brokerAddresses))
    #expect(arguments.common.brokers == [BrokerAddress(host: "h")])
    let error = #expect(throws: UsageError.self) { try parse("metadata --brokers h:9092") }
    #expect(error?.message == "metadata: unexpected 'h:9092'; the servers to connect to are given by -b")
  }

  @Test("mock takes the words after two dashes as a command")
  func mockCommand() throws {
    guard case .mock(let arguments) = try parse("mock --brokers 3 --topic a:6 --topic b -- sh -c true --brokers") else {
      Issue.record("not mock")
      return
    }
    #expect(arguments.brokers == 3)
    #expect(arguments.topics.map(\.name) == ["a", "b"])
    #expect(arguments.topics.map(\.partitions) == [6, 1])
    #expect(arguments.command == ["sh", "-c", "true", "--brokers"].map { Array($0.utf8) })
    #expect(throws: UsageError.self) { try parse("mock sh -c true") }
  }

  @Test("the environment names the brokers where no option does")
  func environment() throws {
    let environment = ["KAVKA_BROKERS": "a:1,b"]
    guard case .shell(let shell) = try parse("shell", environment: environment),
      case .shell(let other) = try parse("shell -b c", environment: environment)
    else {
      Issue.record("not shell")
      return
    }
    #expect(shell.common.brokers.map(\.description) == ["a:1", "b:9092"])
    #expect(other.common.brokers.map(\.description) == ["c:9092"])
    let error = #expect(throws: UsageError.self) { try parse("shell", environment: ["KAVKA_BROKERS": "a:0"]) }
    #expect(error?.message == "$KAVKA_BROKERS: 'a:0' has no valid port; ports are 1 to 65535")
  }

  @Test(
    "help wins over mistakes, but not over the value of an option",
    arguments: [("produce --help", true), ("consume --nonsense --help", true), ("produce -k --help t", false)])
  func help(line: String, isHelp: Bool) throws {
    if case .text = try parse(line) { #expect(isHelp) } else { #expect(!isHelp) }
  }

  @Test("the version is asked for without a command")
  func version() throws {
    #expect(try parse("--version") == .version)
  }

  @Test(
    "what cannot be carried out is refused in one line",
    arguments: [
      ("", "no command is named; kavka --help lists the commands"),
      ("prodcue t", "unknown command 'prodcue'; did you mean 'produce'?"),
      ("-b h produce t", "'-b' stands before the command; write kavka COMMAND [OPTION]…"),
      ("produce", "produce: no topic is named; write kavka produce [OPTION]… [-t] TOPIC [FILE]…"),
      (
        "produce t -p 1 --partitioner random",
        "-p and --partitioner exclude each other; -p says the partition of every record"
      ),
      ("produce t -p -1", "option -p: '-1' is out of range; at least 0"),
      ("produce t -c 0", "option -c: '0' is out of range; at least 1"),
      ("produce a/b", "'a/b' cannot be the name of a topic; letters, digits, '.', '_' and '-' are allowed"),
      ("consume t -J -f %s", "-J and -f exclude each other; choose one form of output"),
      ("consume t -f %s -D x", "-f and -D exclude each other; the format says it all"),
      ("consume t -Z --null x", "-Z and --null exclude each other; use one of them"),
      ("consume t -o stored", "option -o: 'stored' needs a group, and groups are not supported yet"),
      ("consume t --timeout 0", "option --timeout: '0' is no time at all; use at least 1ms"),
      ("consume t -4 -6", "-4 and -6 exclude each other; without either, both are tried"),
      ("offsets -n t", "offsets: -n is for one partition; write -n TOPIC:PARTITION"),
      ("offsets -n t:1 u:1", "offsets: -n is for one partition; write -n TOPIC:PARTITION"),
      ("metadata t", "metadata: unexpected 't'; topics are given by -t"),
      ("shell x", "shell: unexpected 'x'; write kavka shell [OPTION]…"),
      ("mock --", "mock: no command follows --; leave out -- to serve until a signal comes"),
      ("mock --port 99999", "option --port: '99999' is out of range; from 1 to 65535"),
      ("mock --brokers 2 --port 65535", "mock: 2 brokers do not fit above port 65535"),
      ("mock --topic a:2 --topic a", "mock: topic 'a' is there twice"),
      ("completion csh", "'csh' is not one of bash, zsh, fish; did you mean zsh?"),
      (
        "man what",
        "unknown command 'what'; the commands are produce, consume, offsets, metadata, shell, mock, completion, man"
      ),
    ])
  func refused(line: String, message: String) {
    let error = #expect(throws: UsageError.self) { try parse(line) }
    #expect(error?.message == message)
  }
}
