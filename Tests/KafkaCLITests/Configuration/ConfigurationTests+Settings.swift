import KafkaClient
import KafkaProtocol
import Testing
import Transport

@testable import KafkaCLI

/// What `-X` takes and refuses, and what comes of it.
extension ConfigurationTests {
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
}
