import KafkaProtocol

/// All that a cluster knows, with no sockets, tasks or clocks: what the handlers read and change.
struct ClusterState: Sendable {
  var settings: ClusterSettings
  /// Which versions the brokers speak.
  var versions: SpokenVersions
  /// All brokers, by id.
  private(set) var brokers: [BrokerState]
  private(set) var topics: [String: TopicState] = [:]
  private(set) var topicNames: [UUID128: String] = [:]
  var groups: [String: GroupState] = [:]
  var fetchSessions = FetchSessions()
  /// What metadata calls the cluster.
  let clusterID: String
  /// The seed of topic ids, which are counted up from it.
  private let identity: UUID128
  private var topicCount: UInt64 = 0
  private var nextProducerID: Int64 = 1000
  private var transactionalProducers: [String: (id: Int64, epoch: Int16)] = [:]
  /// Grows with every append and every change of a leader, so that what waits can see that it should look again.
  private(set) var changeCount = 0

  init(brokers: [BrokerState], settings: ClusterSettings = ClusterSettings(), identity: UUID128) {
    self.brokers = brokers
    self.settings = settings
    self.identity = identity
    versions = SpokenVersions(.latest)
    clusterID = identity.description
  }

  // MARK: Brokers

  func broker(_ id: Int32) -> BrokerState? { brokers.first { $0.id == id } }

  /// The brokers that are up in the cluster's view.
  var listedBrokers: [BrokerState] { brokers.filter(\.isListed) }

  /// The broker that creates topics: the first that is up; -1 where none is.
  var controllerID: Int32 { listedBrokers.first?.id ?? -1 }

  mutating func setAddress(_ host: String, _ port: UInt16, ofBroker id: Int32) {
    guard let index = brokers.firstIndex(where: { $0.id == id }) else { return }
    brokers[index].host = host
    brokers[index].port = port
  }

  mutating func setRack(_ rack: String?, ofBroker id: Int32) {
    guard let index = brokers.firstIndex(where: { $0.id == id }) else { return }
    brokers[index].rack = rack
  }

  /// Notices that a broker went down or came back: partitions it led go to the next replica that is up, and those
  /// without a leader to it if it has a copy.
  mutating func setListed(_ isListed: Bool, broker id: Int32) {
    guard let index = brokers.firstIndex(where: { $0.id == id }) else { return }
    brokers[index].isListed = isListed
    let up = Set(listedBrokers.map(\.id))
    for name in topics.keys.sorted() {
      topics[name]?.elect(among: up)
    }
    changeCount += 1
  }

  // MARK: Topics

  /// Creates a topic whose partitions are spread over the brokers in turn.
  ///
  /// - Parameter assignments: The replicas of each partition, the preferred leader first, where they are not to be
  ///   chosen.
  /// - Returns: Why not, where it was not created.
  mutating func createTopic(
    _ name: String, partitions: Int, replicationFactor: Int, assignments: [[Int32]]? = nil
  ) -> ErrorCode? {
    guard TopicState.isValidName(name) else { return .invalidTopicException }
    guard topics[name] == nil else { return .topicAlreadyExists }
    guard (1...settings.maximumPartitions).contains(assignments?.count ?? partitions) else {
      return .invalidPartitions
    }
    let up = listedBrokers.map(\.id)
    let chosen = assignments ?? Self.spread(partitions, replicationFactor, over: up, from: Int(topicCount))
    guard let chosen else { return .invalidReplicationFactor }
    let known = Set(brokers.map(\.id))
    guard chosen.allSatisfy({ !$0.isEmpty && Set($0).count == $0.count && known.isSuperset(of: $0) }) else {
      return .invalidReplicaAssignment
    }
    topicCount += 1
    let id = UUID128(high: identity.high, low: identity.low &+ topicCount)
    topics[name] = TopicState(
      name: name, id: id,
      partitions: chosen.map { replicas in
        PartitionState(replicas: replicas, leader: replicas.first { up.contains($0) } ?? -1)
      })
    topicNames[id] = name
    return nil
  }

  private static func spread(
    _ partitions: Int, _ replicationFactor: Int, over brokers: [Int32], from first: Int
  ) -> [[Int32]]? {
    guard (1...max(brokers.count, 1)).contains(replicationFactor), !brokers.isEmpty else { return nil }
    return (0..<partitions).map { partition in
      (0..<replicationFactor).map { brokers[(first + partition + $0) % brokers.count] }
    }
  }

  /// Adds partitions to a topic, with as many replicas as those there are.
  ///
  /// - Returns: Why not, where none were added.
  mutating func growTopic(_ name: String, to partitions: Int) -> ErrorCode? {
    guard let topic = topics[name] else { return .unknownTopicOrPartition }
    let first = topic.partitions.count
    guard partitions > first, partitions <= settings.maximumPartitions else { return .invalidPartitions }
    let copies = topic.partitions.first?.replicas.count ?? 1
    let up = listedBrokers.map(\.id)
    guard let added = Self.spread(partitions - first, copies, over: up, from: first) else {
      return .invalidReplicationFactor
    }
    topics[name]?.configure { topic in
      topic.partitions += added.map { PartitionState(replicas: $0, leader: $0.first { up.contains($0) } ?? -1) }
    }
    changeCount += 1
    return nil
  }

  mutating func deleteTopic(_ name: String) {
    guard let topic = topics.removeValue(forKey: name) else { return }
    topicNames[topic.id] = nil
    changeCount += 1
  }

  /// Changes a topic's own settings.
  mutating func configureTopic(_ name: String, _ change: (inout TopicState) -> Void) {
    topics[name]?.configure(change)
  }

  /// Changes a partition in place.
  ///
  /// - Returns: What `change` returns; nil where there is no such partition.
  mutating func withPartition<Result>(
    _ name: String, _ partition: Int32, _ change: (inout PartitionState) -> Result
  ) -> Result? {
    changeCount += 1
    return topics[name]?.withPartition(partition, change) ?? nil
  }

  // MARK: Producers

  /// Gives out an id that no producer had yet, with epoch 0.
  mutating func newProducer() -> (id: Int64, epoch: Int16) {
    defer { nextProducerID += 1 }
    return (nextProducerID, 0)
  }

  /// Gives a transactional producer its id, with an epoch above that of whoever had it before.
  mutating func producer(transactionalID: String) -> (id: Int64, epoch: Int16) {
    var producer = transactionalProducers[transactionalID].map { ($0.id, $0.epoch &+ 1) } ?? newProducer()
    if producer.1 < 0 { producer = newProducer() }
    transactionalProducers[transactionalID] = producer
    return producer
  }
}

extension TopicState {
  fileprivate mutating func configure(_ change: (inout TopicState) -> Void) { change(&self) }

  fileprivate mutating func withPartition<Result>(
    _ partition: Int32, _ change: (inout PartitionState) -> Result
  ) -> Result? {
    guard let index = index(of: partition) else { return nil }
    return change(&partitions[index])
  }

  /// Replaces leaders that are not up.
  fileprivate mutating func elect(among up: Set<Int32>) {
    for index in partitions.indices where !up.contains(partitions[index].leader) {
      let next = partitions[index].replicas.first { up.contains($0) }
      partitions[index].setLeader(next ?? -1)
    }
  }
}
