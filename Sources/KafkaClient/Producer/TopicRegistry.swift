package import KafkaProtocol
import Synchronization
import Transport

/// A topic that records can be appended to.
package struct ProducerTopic: Sendable {
  /// The topic's name.
  package let name: String
  /// The format in which the brokers take records; the older ones have neither headers nor timestamps.
  package let format: RecordFormat
  let index: TopicIndex

  /// Refuses what the format in which the brokers take records has no place for.
  package func check(hasHeaders: Bool, hasTimestamp: Bool) throws(KafkaError) {
    if hasHeaders, format < .v2 {
      throw KafkaError(
        .unsupportedVersion, "the broker is older than 0.11 and has no headers", remedy: .omitHeaders)
    }
    if hasTimestamp, format < .v1 {
      throw KafkaError(
        .unsupportedVersion, "the broker is older than 0.10 and has no timestamps", remedy: .omitTimestamps)
    }
  }
}

/// The topics of one producer, opened when they are first asked for.
final class TopicRegistry: Sendable {
  /// How long the brokers may say that a topic does not exist that may have been made just now.
  private static let patience: Duration = .seconds(5)

  private let client: KafkaClient
  private let core: ProducerCore
  private let accumulator: Accumulator
  private let configuration: ProducerConfiguration
  private let known = Mutex<[String: ProducerTopic]>([:])

  init(client: KafkaClient, core: ProducerCore, accumulator: Accumulator, configuration: ProducerConfiguration) {
    self.client = client
    self.core = core
    self.accumulator = accumulator
    self.configuration = configuration
  }

  func topic(_ name: String, createIfMissing: Bool) async throws(KafkaError) -> ProducerTopic {
    try client.checkOpen()
    if let topic = known.withLock({ $0[name] }) { return topic }
    let cluster = client.cluster
    // Of a topic that is certainly there, all brokers hear in the end: it is waited for as records are.
    let isThere = await cluster.isJustCreated(name, within: configuration.deliveryTimeout)
    let patience = isThere ? max(configuration.deliveryTimeout, Self.patience) : Self.patience
    let deadline = max(try client.deadline(), try client.deadline(patience))
    let found = try await cluster.topic(name, createIfMissing: createIfMissing, patience: patience, by: deadline)
    let count = try found.partitionCount
    let format = try await recordFormat(by: deadline)
    return await core.register(name) { [self] in
      // Another task may have opened it meanwhile.
      if let topic = known.withLock({ $0[name] }) { return topic }
      let index = accumulator.add { index in
        TopicAppender(
          topic: index, name: name, partitions: count, format: format, batchBytes: configuration.batchBytes,
          chooser: PartitionChooser(configuration.partitioner, entropy: client.runtime.entropy),
          keepsTimestamps: core.onDelivery != nil)
      }
      let topic = ProducerTopic(name: name, format: format, index: index)
      known.withLock { $0[name] = topic }
      return topic
    }
  }

  /// The newest record format that the brokers take.
  private func recordFormat(by deadline: Instant) async throws(KafkaError) -> RecordFormat {
    let (_, versions) = try await client.cluster.reachAny(by: deadline)
    let version = try versions.require(ProduceRequest.self, in: 0...12)
    let format: RecordFormat = version >= 3 ? .v2 : version == 2 ? .v1 : .v0
    let codec = configuration.compression.codec
    // Brokers take zstd from version 7 of Produce on (KIP-110), though the record format has not changed.
    guard codec != .zstd || version >= 7 else {
      throw KafkaError(
        .unsupportedVersion, "the broker is older than 2.1 and does not know zstd", remedy: .useOlderCodec)
    }
    return format
  }
}
