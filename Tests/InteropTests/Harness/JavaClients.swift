import Foundation
import TestHarness

/// The console producer and consumer that come with Kafka.
struct JavaClients {
  private let cluster: KafkaCluster
  private let producer: JavaTool
  private let consumer: JavaTool

  init(_ cluster: KafkaCluster) throws {
    self.cluster = cluster
    producer = try JavaTool(
      ["org/apache/kafka/tools/ConsoleProducer", "kafka/tools/ConsoleProducer"], for: cluster.release)
    consumer = try JavaTool(
      [
        "org/apache/kafka/tools/consumer/ConsoleConsumer", "org/apache/kafka/tools/ConsoleConsumer",
        "kafka/tools/ConsoleConsumer",
      ], for: cluster.release)
  }

  /// Stores lines.
  ///
  /// - Parameter properties: Of the reader of lines, such as `parse.key=true`.
  func produce(_ input: [UInt8], to topic: String, codec: String, properties: [String] = []) async throws {
    let property = producer.version.isAtLeast(4, 2) ? "--reader-property" : "--property"
    let servers = producer.version.isAtLeast(2, 5) ? "--bootstrap-server" : "--broker-list"
    // The old ones ask for no acknowledgement by themselves, and then lose records when they end.
    let acks = ["--request-required-acks", "-1"]
    let arguments = [servers, cluster.bootstrapServers, "--topic", topic, "--compression-codec", codec] + acks
    _ = try await producer.run(arguments + properties.flatMap { [property, $0] }, input: input)
  }

  /// Reads so many records from the start of a topic's partition 0.
  ///
  /// - Parameter properties: Of the formatter of records, such as `print.key=true`.
  func consume(_ topic: String, count: Int, properties: [String] = []) async throws -> [UInt8] {
    var arguments = ["--topic", topic, "--max-messages", "\(count)", "--timeout-ms", "20000"]
    if consumer.version.isAtLeast(0, 10, 1) {
      arguments += ["--bootstrap-server", cluster.bootstrapServers, "--partition", "0", "--offset", "earliest"]
    } else if consumer.version.isAtLeast(0, 9) {
      arguments += ["--new-consumer", "--bootstrap-server", cluster.bootstrapServers, "--from-beginning"]
    } else {
      arguments += ["--zookeeper", cluster.zooKeeper, "--from-beginning"]
    }
    let property = consumer.version.isAtLeast(4, 2) ? "--formatter-property" : "--property"
    return try await consumer.run(arguments + properties.flatMap { [property, $0] }).output
  }
}
