import KafkaProtocol

/// What a cluster looked like at one moment: its brokers, topics, partitions and their leaders.
public struct ClusterMetadata: Sendable {
  /// The cluster's id; brokers before 0.10.1 have none.
  public let clusterID: String?
  /// The broker that is the controller; brokers before 0.10 do not tell.
  public let controllerID: Int32?
  /// The brokers, by rising id.
  public let brokers: [Broker]
  /// The topics that were asked for, by name in byte order.
  public let topics: [Topic]

  /// Where each topic is in ``topics``, the first of a name.
  private let topicIndex: [String: Int]

  package init() { self.init(clusterID: nil, controllerID: nil, brokers: [], topics: []) }

  /// Creates a snapshot; brokers and topics may come in any order.
  package init(clusterID: String?, controllerID: Int32?, brokers: [Broker], topics: [Topic]) {
    self.clusterID = clusterID
    self.controllerID = controllerID
    self.brokers = brokers.sorted { $0.id < $1.id }
    self.topics = topics.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    topicIndex = Dictionary(self.topics.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  /// The topic of that name, if it was asked for and known.
  public func topic(_ name: String) -> Topic? { topicIndex[name].map { topics[$0] } }

  /// The broker of that id.
  public func broker(_ id: Int32) -> Broker? { brokers.first { $0.id == id } }

  /// A broker as the cluster advertises it.
  public struct Broker: Hashable, Sendable {
    /// The broker's id.
    public var id: Int32
    /// The advertised address.
    public var address: BrokerAddress
    /// The rack, where one is configured.
    public var rack: String?

    package init(id: Int32, address: BrokerAddress, rack: String?) {
      self.id = id
      self.address = address
      self.rack = rack
    }
  }

  /// A topic, or the reason why it could not be described.
  public struct Topic: Sendable {
    /// The topic's name.
    public var name: String
    /// The topic's id as 16 bytes (KIP-516), or nil where the broker does not use them.
    public var id: TopicID?
    /// Whether the cluster keeps its own state in it.
    public var isInternal = false
    /// Why the topic cannot be used, if so.
    public var error: KafkaError?
    /// The partitions, by rising index.
    public var partitions: [Partition] = []

    package init(
      name: String, id: TopicID? = nil, isInternal: Bool = false, error: KafkaError? = nil, partitions: [Partition] = []
    ) {
      self.name = name
      self.id = id
      self.isInternal = isInternal
      self.error = error
      self.partitions = partitions.sorted { $0.index < $1.index }
    }

    /// The partition of that index.
    public func partition(_ index: Int32) -> Partition? {
      // Partitions are numbered without gaps, so the place is nearly always the index.
      if let position = Int(exactly: index), partitions.indices.contains(position), partitions[position].index == index
      {
        return partitions[position]
      }
      return partitions.first { $0.index == index }
    }
  }

  /// A partition and where it is.
  public struct Partition: Sendable {
    /// The partition's number, from 0.
    public var index: Int32
    /// The broker that leads it, or nil while there is none.
    public var leader: Int32?
    /// How often leadership has changed, or -1 where the broker does not tell (before 2.1).
    public var leaderEpoch: Int32 = -1
    /// The brokers that hold a copy.
    public var replicas: [Int32] = []
    /// Those of them that are in sync.
    public var inSyncReplicas: [Int32] = []
    /// Those of them that are offline, where the broker tells (1.0 and later).
    public var offlineReplicas: [Int32] = []
    /// Why the partition cannot be used, if so.
    public var error: KafkaError?

    package init(
      index: Int32, leader: Int32?, leaderEpoch: Int32 = -1, replicas: [Int32] = [], inSyncReplicas: [Int32] = [],
      offlineReplicas: [Int32] = [], error: KafkaError? = nil
    ) {
      self.index = index
      self.leader = leader
      self.leaderEpoch = leaderEpoch
      self.replicas = replicas
      self.inSyncReplicas = inSyncReplicas
      self.offlineReplicas = offlineReplicas
      self.error = error
    }
  }
}

/// The 16 bytes that name a topic for as long as it exists; one of the same name made later has another.
public struct TopicID: Hashable, Sendable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The id as the protocol has it, or nil for the one that says that there is none.
  init?(_ uuid: UUID128) {
    guard !uuid.isZero else { return nil }
    self.init(high: uuid.high, low: uuid.low)
  }

  /// The same for the protocol.
  var uuid: UUID128 { UUID128(high: high, low: low) }
}

extension TopicID: CustomStringConvertible {
  /// The id as Kafka's tools print it: 22 characters of URL-safe base64.
  public var description: String { uuid.description }
}

/// A partition of a topic, by name.
public struct TopicPartition: Hashable, Sendable, CustomStringConvertible {
  /// The topic's name.
  public var topic: String
  /// The partition's number, from 0.
  public var partition: Int32

  /// Names a partition.
  public init(_ topic: String, _ partition: Int32) {
    self.topic = topic
    self.partition = partition
  }

  /// As users write it: `orders:3`.
  public var description: String { "\(topic):\(partition)" }
}
