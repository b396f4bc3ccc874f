import KafkaProtocol

/// What one broker says that it speaks.
public struct BrokerAPIs: Sendable {
  /// The broker.
  public var broker: ClusterMetadata.Broker
  /// The APIs that it offers, by rising key; none with an error.
  public var apis: [OfferedAPI] = []
  /// Whether the broker says so itself; those before 0.10 cannot, and are taken to speak what all of them do.
  public var isTold = true
  /// Why it could not be asked, if so.
  public var error: KafkaError?
}

extension BrokerAPIs {
  /// Describes what a broker offers.
  init(_ broker: ClusterMetadata.Broker, _ versions: BrokerVersions) {
    self.broker = broker
    isTold = !versions.isBeforeApiVersions
    apis = versions.offered.map { key, offered in
      let spoken = Self.spoken[key].flatMap { $0.overlaps(offered) ? $0.clamped(to: offered) : nil }
      return OfferedAPI(key: key, name: API.withKey(key)?.name, versions: offered, used: spoken?.upperBound)
    }
  }

  /// The versions that this client uses of the APIs that it uses.
  private static let spoken: [Int16: ClosedRange<Int16>] = [
    ProduceRequest.apiKey: ProduceRequest.versionsByID, FetchRequest.apiKey: FetchRequest.versionsByID,
    ListOffsetsRequest.apiKey: ListOffsetsRequest.versions, MetadataRequest.apiKey: MetadataRequest.versions,
    ApiVersionsRequest.apiKey: 0...3, CreateTopicsRequest.apiKey: CreateTopicsRequest.versions,
    InitProducerIdRequest.apiKey: InitProducerIdRequest.versions,
    FindCoordinatorRequest.apiKey: FindCoordinatorRequest.versions,
    DescribeGroupsRequest.apiKey: DescribeGroupsRequest.versions,
    ConsumerGroupDescribeRequest.apiKey: ConsumerGroupDescribeRequest.versions,
    ListGroupsRequest.apiKey: ListGroupsRequest.versions, OffsetDeleteRequest.apiKey: OffsetDeleteRequest.versions,
    // Version 0 is about ZooKeeper.
    OffsetCommitRequest.apiKey: 1...10, OffsetFetchRequest.apiKey: 1...10,
  ]
}
