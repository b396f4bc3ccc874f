import KafkaProtocol
import Transport

/// Sends records to the leaders of their partitions, in batches.
///
/// Records are copied into the open batch of their partition when they are appended. A batch leaves when it is full,
/// when its linger has ended or at once when the caller says that no more records come for now.
public final class KafkaProducer: Sendable {
  /// The largest record, key, value and headers together, that is taken: the protocol's lengths have 31 bits, and a
  /// batch has more in it than the record.
  package static let maximumRecordBytes = 1 << 30

  private let client: KafkaClient
  private let core: ProducerCore
  private let accumulator: Accumulator
  private let configuration: ProducerConfiguration
  private let topics: TopicRegistry

  init(
    client: KafkaClient, configuration: ProducerConfiguration, onFailure: @escaping @Sendable (ProduceFailure) -> Void,
    onDelivery: (@Sendable (ProduceDelivery) -> Void)?
  ) {
    self.client = client
    self.configuration = configuration
    accumulator = Accumulator(limit: configuration.bufferBytes)
    core = ProducerCore(
      runtime: client.runtime, cluster: client.cluster, configuration: configuration, accumulator: accumulator,
      onFailure: onFailure, onDelivery: onDelivery)
    topics = TopicRegistry(client: client, core: core, accumulator: accumulator, configuration: configuration)
  }

  /// Finds out what the brokers can do, and gets an identity for idempotence.
  func start() async throws(KafkaError) { try await core.start(by: try client.deadline()) }

  // MARK: One record at a time

  /// Copies one record into the open batch of its partition; waits only while the producer's memory is full.
  ///
  /// - Parameters:
  ///   - timestamp: Milliseconds since 1970-01-01 UTC, or nil for the present.
  ///   - partition: The partition, or nil to choose it by the key.
  /// - Throws: When the topic cannot be used, or has no such partition, or when the brokers are too old for headers
  ///   (before Kafka 0.11) or timestamps (before 0.10).
  public func append(
    value: RawSpan?, key: RawSpan? = nil, headers: [KafkaHeader] = [], timestamp: Int64? = nil, to topic: String,
    partition: Int32? = nil
  ) async throws(KafkaError) {
    let topic = try await topics.topic(topic, createIfMissing: true)
    try await check(partition, of: topic)
    try topic.check(hasHeaders: !headers.isEmpty, hasTimestamp: timestamp != nil)
    let headerBytes = headers.reduce(0) { $0 + $1.name.utf8.count + ($1.value?.count ?? 0) }
    let size = (value?.byteCount ?? 0) + (key?.byteCount ?? 0) + headerBytes
    guard size <= Self.maximumRecordBytes else {
      throw KafkaError(.recordTooLarge, "a record of \(size) bytes is too large").about(topic.name).during("Produce")
    }
    if !accumulator.hasRoom { await waitForRoom() }
    let encoded = headers.isEmpty ? EncodedHeaders.none : EncodedHeaders(headers.lazy.map { ($0.name, $0.value) })
    let timestamp = timestamp ?? client.runtime.wallClock.milliseconds
    fill(topic) { $0.append(key: key, value: value, headers: encoded, timestamp: timestamp, partition: partition) }
  }

  /// Sends all that was appended and waits until its fate is settled.
  @discardableResult
  public func flush() async -> ProduceReport { client.isClosed ? core.finalReport : await core.flush() }

  /// What is known so far.
  public var report: ProduceReport {
    get async { client.isClosed ? core.finalReport : await core.report }
  }

  // MARK: Blocks of records

  /// Gets ready to append to a topic.
  ///
  /// - Parameter createIfMissing: Whether asking may make the broker create it.
  package func topic(_ name: String, createIfMissing: Bool) async throws(KafkaError) -> ProducerTopic {
    try await topics.topic(name, createIfMissing: createIfMissing)
  }

  /// Refuses a partition that the topic does not have, unless newer metadata shows that it was added.
  package func check(_ partition: Int32?, of topic: ProducerTopic) async throws(KafkaError) {
    guard let partition else { return }
    var count = accumulator.partitionCount(of: topic.index)
    if partition >= count {
      _ = try await client.cluster.refreshed(by: try client.deadline())
      count = accumulator.partitionCount(of: topic.index)
    }
    guard !(0..<count).contains(Int(partition)) else { return }
    throw .unknownPartition(partition, of: topic.name, count: count).during("Produce")
  }

  /// Lets `body` append many records under one lock, without waiting for room: see ``waitForRoom()``.
  package func fill(_ topic: ProducerTopic, _ body: (inout TopicAppender) -> Void) {
    if accumulator.fill(topic.index, now: client.runtime.loop.now, body) { attend() }
  }

  /// Whether everything was given up, so that nothing more need be read.
  package var isAbandoned: Bool { accumulator.isClosed }

  /// Says that no more records come for now, so that open batches need not wait for their linger.
  package func noMoreForNow() { if accumulator.markAllDue() { attend() } }

  /// Connects to the leaders of a topic's partitions before there is anything to send, so that the first record does
  /// not have to wait for that.
  package func connectAhead(to topic: ProducerTopic) async {
    if !client.isClosed { await core.connectAhead(to: topic.name) }
  }

  /// Whether the records on their way take less memory than the configuration allows.
  package var hasRoom: Bool { accumulator.hasRoom }

  /// The memory that the records on their way take, and what is reserved for more of them.
  var heldBytes: Int { accumulator.heldBytes }

  /// Waits while the records on their way take more memory than the configuration allows. No batch waits for its linger
  /// meanwhile.
  package func waitForRoom() async { await accumulator.waitForRoom { noMoreForNow() } }

  /// Ends the producer. What is not settled yet is given up, and a flush that waits ends.
  package func abandon() async {
    // The end of the client is that of its producers too.
    if !client.isClosed { await core.abandon(KafkaError(.cancelled, "given up")) }
  }

  private func attend() {
    let core = core
    client.runtime.loop.execute { core.assumeIsolated { $0.attend() } }
  }
}

/// A header of a record: a name, and a value that may be null.
public struct KafkaHeader: Sendable, Hashable {
  /// The name.
  public var name: String
  /// The value, or nil when it is null.
  public var value: [UInt8]?

  /// Creates a header.
  public init(_ name: String, _ value: [UInt8]?) {
    self.name = name
    self.value = value
  }
}
