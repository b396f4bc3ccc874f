import Synchronization
package import Transport

/// A client of one Kafka cluster: metadata, offsets, producing and consuming over connections that are shared.
///
/// Connections are made when they are first needed. A client is used inside of ``withKafkaClient(_:_:)``, which closes
/// it.
public final class KafkaClient: Sendable {
  /// The configuration that the client was made with.
  public let configuration: KafkaClientConfiguration
  package let runtime: Runtime
  let cluster: Cluster

  package init(_ configuration: KafkaClientConfiguration, runtime: Runtime) {
    self.configuration = configuration
    self.runtime = runtime
    cluster = Cluster(runtime: runtime, configuration: configuration)
  }

  /// Closes every connection and ends every task; whatever still waits fails. Nothing can be asked of the client any
  /// more.
  package func close() async {
    guard !isClosed else { return }
    await cluster.close()
  }

  /// Whether the client was closed. Nobody may wait for its event loop then, which may have ended.
  var isClosed: Bool { cluster.hasEnded.load(ordering: .acquiring) }

  func checkOpen() throws(KafkaError) {
    guard !isClosed else { throw Cluster.closedError }
  }

  /// The instant at which something that begins now has taken too long.
  ///
  /// - Throws: When the client was closed.
  func deadline(_ timeout: Duration? = nil) throws(KafkaError) -> Instant {
    try checkOpen()
    return runtime.loop.now + (timeout ?? configuration.requestTimeout)
  }

  // MARK: Metadata and topics

  /// Describes topics as the cluster has them now; nothing is created by asking.
  ///
  /// - Parameters:
  ///   - topics: The topics' names, or nil for all.
  ///   - timeout: How long it may take in all, retries included; the request timeout if nil.
  /// - Returns: A snapshot in which errors stay with their topic or partition.
  public func metadata(
    topics: [String]? = nil, timeout: Duration? = nil
  ) async throws(KafkaError) -> ClusterMetadata {
    let interest = topics.map { names in
      Dictionary(names.map { ($0, TopicInterest(mayCreate: false)) }) { first, _ in first }
    }
    return try await cluster.fetchMetadata(of: interest, by: try deadline(timeout))
  }

  /// Creates a topic unless it exists.
  ///
  /// - Parameters:
  ///   - partitions: The number of partitions, or nil for the broker's default.
  ///   - replicas: The number of copies of each, or nil for the broker's default.
  /// - Returns: Whether it was created now.
  public func createTopic(
    _ name: String, partitions: Int32? = nil, replicas: Int16? = nil, timeout: Duration? = nil
  ) async throws(KafkaError) -> Bool {
    try await cluster.createTopic(name, partitions: partitions, replicas: replicas, by: try deadline(timeout))
  }

  // MARK: Producing

  /// Runs `body` with a producer, and flushes it at the end.
  ///
  /// - Parameter onFailure: Hears of records that were not acknowledged; called on the event loop.
  public func withProducer<Result>(
    _ configuration: ProducerConfiguration = .init(),
    onFailure: @escaping @Sendable (ProduceFailure) -> Void = { _ in },
    _ body: (KafkaProducer) async throws(KafkaError) -> Result
  ) async throws(KafkaError) -> Result {
    let producer = try await makeProducer(configuration, onFailure: onFailure)
    do throws(KafkaError) {
      let result = try await body(producer)
      await producer.flush()
      await producer.abandon()
      return result
    } catch {
      await producer.abandon()
      throw error
    }
  }

  /// Begins to learn of a topic that will be asked for soon, while something else is waited for.
  ///
  /// - Parameter createIfMissing: Whether asking may make the broker create it.
  package func learnAhead(of topic: String, createIfMissing: Bool) async {
    guard !isClosed else { return }
    await cluster.follow(topic, createIfMissing: createIfMissing)
    await cluster.requestRefresh()
    await cluster.unfollow(topic)
  }

  /// Makes a producer whose end the caller sees to.
  ///
  /// - Parameters:
  ///   - onFailure: Hears of records that were not acknowledged; called on the event loop.
  ///   - onDelivery: Hears of records that were, those of a partition in order; called on the event loop. It costs a
  ///     byte or two for each record to remember its timestamp until then.
  package func makeProducer(
    _ configuration: ProducerConfiguration, onFailure: @escaping @Sendable (ProduceFailure) -> Void,
    onDelivery: (@Sendable (ProduceDelivery) -> Void)? = nil
  ) async throws(KafkaError) -> KafkaProducer {
    try configuration.check()
    let producer = KafkaProducer(
      client: self, configuration: configuration, onFailure: onFailure, onDelivery: onDelivery)
    do throws(KafkaError) {
      try await producer.start()
      return producer
    } catch {
      await producer.abandon()
      throw error
    }
  }

  // MARK: Consuming

  /// The records of a topic, from one place to another, of all partitions or some.
  ///
  /// Where all are read and reading has no end, partitions that are added to the topic meanwhile are read too.
  ///
  /// - Parameter end: Where reading ends, as of its start; nil to read on for ever.
  public func records(
    of topic: String, partitions: [Int32]? = nil, from start: RecordPosition = .earliest,
    until end: RecordPosition? = nil, _ configuration: ConsumerConfiguration = .init()
  ) -> KafkaRecords {
    var configuration = configuration
    if partitions == nil, end == nil, !configuration.stopsAtEnd { configuration.readsAdded = { _ in true } }
    let isolation = configuration.isolation
    return KafkaRecords(
      client: self,
      plan: { [self] () throws(KafkaError) in
        let known = try await self.partitions(of: topic)
        let wanted = (partitions ?? known).map { TopicPartition(topic, $0) }
        return try await ranges(of: wanted, from: start, until: end, isolation: isolation)
      }, configuration: configuration)
  }

  /// The partitions of a topic; waits a second for one that was made just now.
  package func partitions(of topic: String) async throws(KafkaError) -> [Int32] {
    try await cluster.topic(topic, createIfMissing: false, patience: .seconds(1), by: try deadline()).partitions.map(
      \.index)
  }

  /// The partitions of each topic, in the order of the topics, which are all asked for at once.
  package func partitions(of topics: [String]) async throws(KafkaError) -> [[Int32]] {
    try await cluster.learn(Set(topics), by: try deadline())
    var partitions: [[Int32]] = []
    for (topic, known) in zip(topics, await cluster.knownTopics(topics)) {
      if let known {
        partitions.append(known.partitions.map(\.index))
      } else {
        partitions.append(try await self.partitions(of: topic))
      }
    }
    return partitions
  }

  /// Turns places into offsets, of all partitions before anything is fetched.
  package func ranges(
    of partitions: [TopicPartition], from start: RecordPosition, until end: RecordPosition?,
    isolation: ConsumerConfiguration.Isolation
  ) async throws(KafkaError) -> [PartitionRange] {
    let deadline = try deadline()
    // What is fetched comes over connections of its own, which are made while the places are looked up.
    await cluster.connectAhead(toBrokers: try cluster.leaders(of: partitions), for: .fetching(by: nil))
    let starts = try await cluster.starts(start, in: partitions, isolation: isolation, by: deadline)
    var ends: [TopicPartition: Int64] = [:]
    if let end { ends = try await cluster.resolve(end, in: partitions, isolation: isolation, by: deadline) }
    return partitions.map { PartitionRange($0, start: starts[$0] ?? 0, end: ends[$0]) }
  }

  /// Reads ranges of partitions; the caller sees to its end.
  package func reader(of ranges: [PartitionRange], _ configuration: ConsumerConfiguration) -> RecordReader {
    RecordReader(client: self, configuration: configuration) { ranges }
  }
}

/// Runs `body` with a client, and closes it at the end, also when `body` throws or is cancelled.
public func withKafkaClient<Result>(
  _ configuration: KafkaClientConfiguration, _ body: (KafkaClient) async throws(KafkaError) -> Result
) async throws(KafkaError) -> Result {
  try configuration.check()
  let runtime: Runtime
  do throws(TransportError) { runtime = try Runtime.system() } catch { throw KafkaError(error) }
  let client = KafkaClient(configuration, runtime: runtime)
  defer { runtime.stop() }
  do throws(KafkaError) {
    let result = try await body(client)
    await client.close()
    return result
  } catch {
    await client.close()
    throw error
  }
}
