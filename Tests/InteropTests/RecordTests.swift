import TestHarness
import Testing

extension RealKafkaTests {
  @Suite("Records") struct RecordTests {}
}

extension RealKafkaTests.RecordTests {
  @Test("keys, nulls and empty values of kavka arrive as such", arguments: InstalledKafka.installed)
  func kavkaWritesNulls(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = TestTopic("nulls", on: cluster)
    try await topic.produce("k:v\nk:\n:v\n", ["-K", ":"])
    try await topic.produce("k:v\nk:\n:v\n", ["-K", ":", "-Z"])
    #expect(try await topic.consume(["-f", "%K %k %S %s|"]) == "1 k 1 v|1 k 0 |0  1 v|1 k 1 v|1 k -1 |-1  1 v|")
    #expect(try await topic.consume(["-K", "=", "-Z"]) == "k=v\nk=\n=v\nk=v\nk=NULL\nNULL=v\n")
    let java = try await JavaClients(cluster).consume(
      topic.name, count: 6, properties: ["print.key=true", "key.separator=:"])
    #expect(difference(java, "k:v\nk:\n:v\nk:v\nk:null\nnull:v\n") == nil)
    guard Programs.kcat != nil else { return }
    let kcat = try await Kcat(cluster).consume(topic.name, ["-f", "%K %k %S %s|"])
    #expect(difference(kcat, "1 k 1 v|1 k 0 |0  1 v|1 k 1 v|1 k -1 |-1  1 v|") == nil)
  }

  @Test(
    "keys and nulls of kcat are read as such", .enabled(if: Programs.kcat != nil), arguments: InstalledKafka.installed)
  func kcatWritesNulls(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = TestTopic("kcat-nulls", on: cluster)
    try await Kcat(cluster).produce(Array("k:v\nk:\n:v\n".utf8), to: topic.name, ["-K", ":", "-Z"])
    #expect(try await topic.consume(["-f", "%K %k %S %s|"]) == "1 k 1 v|1 k -1 |-1  1 v|")
  }

  @Test("headers go both ways", arguments: InstalledKafka.installed.filter { $0.hasHeaders })
  func headers(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = TestTopic("headers", on: cluster)
    try await topic.produce("v\n", ["-H", "trace=1", "-H", "empty=", "-H", "null", "-H", "trace=ž"])
    let headers =
      #""headers":[{"name":"trace","value":"1"},{"name":"empty","value":""},{"name":"null","value":null},"#
      + #"{"name":"trace","value":"ž"}]"#
    let own = try await topic.consume(["-J"])
    #expect(own.contains(headers), "\(own)")
    guard Programs.kcat != nil else { return }
    let kcat = String(decoding: try await Kcat(cluster).consume(topic.name, ["-J"]), as: UTF8.self)
    #expect(kcat.contains(#""headers":["trace","1","empty","","null",null,"trace","ž"]"#), "\(kcat)")
    let format = "%t [%p] %o %T %K %S %k=%s %h %%\n"
    let kcatText = try await Kcat(cluster).consume(topic.name, ["-f", format])
    #expect(difference(kcatText, try await topic.consume(["-f", format])) == nil)
    try await Kcat(cluster).produce(Array("w\n".utf8), to: topic.name, ["-H", "from=kcat", "-H", "none"])
    let read = try await topic.consume(["-J", "-o", "1"])
    #expect(read.contains(#""headers":[{"name":"from","value":"kcat"},{"name":"none","value":null}]"#), "\(read)")
  }

  @Test("headers are refused where the broker has none", arguments: InstalledKafka.installed.filter { !$0.hasHeaders })
  func noHeaders(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = TestTopic("no-headers", on: cluster)
    let result = try await Kavka.run(
      ["produce", "-b", topic.servers, "-H", "a=b", topic.name], input: Array("v\n".utf8))
    #expect(result.end == .status(1), "\(result)")
    #expect(result.errors.contains("headers"))
  }

  @Test("a record of nearly a megabyte passes", arguments: InstalledKafka.installed, ["none", "gzip"])
  func largeRecord(release: InstalledKafka, codec: String) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = TestTopic("large", on: cluster)
    var random = SystemRandomNumberGenerator()
    let record = (0..<900_000).map { _ in UInt8.random(in: 11...255, using: &random) } + [0x0a]
    try await topic.produce(record, ["-z", codec])
    let own = try await Kavka.consume(topic.name, at: topic.servers)
    #expect(difference(own, record) == nil)
    guard Programs.kcat != nil else { return }
    let kcat = try await Kcat(cluster).consume(topic.name)
    #expect(difference(kcat, record) == nil)
  }

  @Test("many lines keep their order", arguments: InstalledKafka.installed)
  func manyLines(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = TestTopic("many", on: cluster)
    let lines = (0..<50_000).map { "line \($0)" }.bytes
    try await topic.produce(lines, ["-z", "lz4", "--batch-bytes", "20000"])
    let own = try await Kavka.consume(topic.name, at: topic.servers)
    #expect(difference(own, lines) == nil)
    guard Programs.kcat != nil else { return }
    let kcat = try await Kcat(cluster).consume(topic.name)
    #expect(difference(kcat, lines) == nil)
    try await Kcat(cluster).produce(lines, to: topic.name, ["-z", "snappy"])
    let again = try await Kavka.consume(topic.name, at: topic.servers, ["-o", "50000"])
    #expect(difference(again, lines) == nil)
  }

  @Test(
    "every kind of acknowledgement stores records", arguments: InstalledKafka.installed,
    [["--acks", "0"], ["--acks", "1"], ["--acks", "all"], ["--no-idempotence"]])
  func acknowledgements(release: InstalledKafka, options: [String]) async throws {
    let topic = TestTopic("acks", on: try await KafkaClusters.cluster(of: release))
    let lines = (0..<100).map { "\($0)" }
    // Without acknowledgements nothing says when a topic that comes into being has its leader.
    try await topic.produce("first\n")
    try await topic.produce(lines.bytes, options)
    #expect(try await topic.consume() == (["first"] + lines).map { $0 + "\n" }.joined())
  }
}
