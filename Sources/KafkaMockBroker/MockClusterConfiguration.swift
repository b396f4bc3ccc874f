/// How a mock cluster begins.
public struct MockClusterConfiguration: Sendable {
  /// The number of brokers, whose ids are counted from 1.
  public var brokers: Int
  /// The topics that there are from the start, with their numbers of partitions.
  public var topics: [String: Int]
  /// The port of the first broker; the others have the ports behind it. Nil for ports that are free.
  public var firstPort: UInt16?
  /// The address that all brokers listen on.
  public var host = "127.0.0.1"
  /// The host that metadata names; nil for the one that is listened on.
  public var advertisedHost: String?
  /// The racks of brokers by their ids. Who names one of them in fetching is sent to a replica there (KIP-392).
  public var racks: [Int32: String] = [:]
  /// How many copies a partition has; nil for as many as there are brokers, at most three.
  public var replicationFactor: Int?
  /// Whether a topic that a client asks for comes into being by that.
  public var createsTopics = true
  /// The partitions of topics that are created without a number.
  public var defaultPartitions = 1
  /// The most bytes that a batch of records may have.
  public var maximumBatchSize = 1_048_588
  /// Which release's versions of the protocol are spoken.
  public var release = KafkaRelease.latest
  /// How many requests are kept to be looked at, the last ones. All are counted.
  public var rememberedRequests = 1000
  /// A host of its own for each broker id, in networks where that is possible.
  package var brokerHost: (@Sendable (Int32) -> String)?

  /// Describes a cluster of so many brokers, from 1 on.
  public init(brokers: Int = 1, topics: [String: Int] = [:]) {
    self.brokers = brokers
    self.topics = topics
  }

  func host(of broker: Int32) -> String { brokerHost?(broker) ?? host }

  var copies: Int { replicationFactor ?? min(max(brokers, 1), 3) }

  var settings: ClusterSettings {
    ClusterSettings(
      createsTopics: createsTopics, defaultPartitions: defaultPartitions, defaultReplicationFactor: copies,
      maximumBatchSize: maximumBatchSize)
  }

  /// - Throws: What is wrong with the numbers.
  func check() throws(MockClusterError) {
    guard (1...1000).contains(brokers) else { throw MockClusterError("\(brokers) brokers: 1 to 1000 are possible") }
    guard let firstPort else { return }
    guard firstPort > 0, Int(firstPort) + brokers - 1 <= Int(UInt16.max) else {
      throw MockClusterError("\(brokers) brokers from port \(firstPort) on: ports end at \(UInt16.max)")
    }
  }
}
