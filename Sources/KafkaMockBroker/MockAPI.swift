import KafkaProtocol

/// An API of Kafka's protocol, by its key.
public struct MockAPI: Hashable, Sendable {
  /// The number that requests have for it.
  public let key: Int16

  /// Names an API by its key; a mock cluster can be told to count requests of any, and answers those it knows.
  public init(key: Int16) { self.key = key }

  /// Appends records to partitions.
  public static let produce = MockAPI(key: 0)
  /// Reads records of partitions.
  public static let fetch = MockAPI(key: 1)
  /// Looks offsets up: the first, the last, and by time.
  public static let listOffsets = MockAPI(key: 2)
  /// Tells of brokers, topics, partitions and leaders.
  public static let metadata = MockAPI(key: 3)
  /// Keeps offsets for a group.
  public static let offsetCommit = MockAPI(key: 8)
  /// Tells what is committed for groups.
  public static let offsetFetch = MockAPI(key: 9)
  /// Tells which broker is responsible for a group.
  public static let findCoordinator = MockAPI(key: 10)
  /// Describes groups of the first protocol.
  public static let describeGroups = MockAPI(key: 15)
  /// Lists the groups of a broker.
  public static let listGroups = MockAPI(key: 16)
  /// Tells which versions a broker speaks.
  public static let apiVersions = MockAPI(key: 18)
  /// Creates topics.
  public static let createTopics = MockAPI(key: 19)
  /// Gives out ids for idempotent producers.
  public static let initProducerID = MockAPI(key: 22)
  /// Deletes what is committed for a group.
  public static let offsetDelete = MockAPI(key: 47)
  /// Describes groups of the new protocol (KIP-848).
  public static let consumerGroupDescribe = MockAPI(key: 69)
}

extension MockAPI: CustomStringConvertible {
  /// The API's name in the protocol, such as `ListOffsets`.
  public var description: String { API.withKey(key)?.name ?? "API \(key)" }
}
