import KafkaProtocol

/// Which versions of each API a broker offers, and which it accepts.
struct SpokenVersions: Sendable, Equatable {
  private(set) var release: KafkaRelease
  private var overrides: [MockAPI: ClosedRange<Int16>?] = [:]

  init(_ release: KafkaRelease) { self.release = release }

  /// Makes an API have other versions than the release; nil takes it away.
  mutating func override(_ api: MockAPI, _ versions: ClosedRange<Int16>?) {
    overrides[api] = .some(versions)
  }

  /// What ApiVersions says of the API: the release's versions, as far as the handler knows them.
  func offered(_ api: MockAPI, handled: ClosedRange<Int16>) -> ClosedRange<Int16>? {
    let wanted: ClosedRange<Int16>?
    if let override = overrides[api] {
      wanted = override
    } else if release == .latest {
      wanted = handled
    } else {
      wanted = Self.table[release]?[api]
    }
    guard let wanted, wanted.overlaps(handled) else { return nil }
    return wanted.clamped(to: handled)
  }

  /// Whether a request is handled. Kafka 4 says that it takes Produce from version 0 on, for the sake of clients that
  /// look for it, and takes it from 3 on.
  func accepts(_ api: MockAPI, version: Int16, handled: ClosedRange<Int16>) -> Bool {
    guard let offered = offered(api, handled: handled), offered.contains(version) else { return false }
    return release != .v4_3 || api != .produce || overrides[api] != nil || version >= 3
  }

  /// Whether an idempotent producer that is not known must begin with sequence 0.
  var refusesUnknownProducers: Bool { release < .v2_8 }

  /// What metadata says of a topic that it has just created: since KRaft it says that there is none yet.
  var newTopicError: ErrorCode { release < .v2_8 ? .leaderNotAvailable : .unknownTopicOrPartition }

  private static let table: [KafkaRelease: [MockAPI: ClosedRange<Int16>]] = [
    .v0_8_2: [
      .produce: 0...0, .fetch: 0...0, .listOffsets: 0...0, .metadata: 0...0, .offsetCommit: 0...1, .offsetFetch: 0...1,
      .findCoordinator: 0...0,
    ],
    .v0_9_0: [
      .produce: 0...1, .fetch: 0...1, .listOffsets: 0...0, .metadata: 0...0, .offsetCommit: 0...2, .offsetFetch: 0...1,
      .findCoordinator: 0...0, .describeGroups: 0...0, .listGroups: 0...0,
    ],
    .v0_10_2: [
      .produce: 0...2, .fetch: 0...3, .listOffsets: 0...1, .metadata: 0...2, .offsetCommit: 0...2, .offsetFetch: 0...2,
      .findCoordinator: 0...0, .describeGroups: 0...0, .listGroups: 0...0, .apiVersions: 0...0, .createTopics: 0...1,
    ],
    .v1_1: [
      .produce: 0...5, .fetch: 0...7, .listOffsets: 0...2, .metadata: 0...5, .offsetCommit: 0...3, .offsetFetch: 0...3,
      .findCoordinator: 0...1, .describeGroups: 0...1, .listGroups: 0...1, .apiVersions: 0...1, .createTopics: 0...2,
      .initProducerID: 0...0,
    ],
    .v2_8: [
      .produce: 0...9, .fetch: 0...12, .listOffsets: 0...6, .metadata: 0...11, .offsetCommit: 0...8,
      .offsetFetch: 0...7, .findCoordinator: 0...3, .describeGroups: 0...5, .listGroups: 0...4, .apiVersions: 0...3,
      .createTopics: 0...7, .initProducerID: 0...4, .offsetDelete: 0...0,
    ],
    .v3_9: [
      .produce: 0...11, .fetch: 0...17, .listOffsets: 0...9, .metadata: 0...12, .offsetCommit: 0...9,
      .offsetFetch: 0...9, .findCoordinator: 0...6, .describeGroups: 0...5, .listGroups: 0...5, .apiVersions: 0...4,
      .createTopics: 0...7, .initProducerID: 0...5, .offsetDelete: 0...0, .consumerGroupDescribe: 0...0,
    ],
    .v4_3: [
      .produce: 0...13, .fetch: 4...18, .listOffsets: 1...11, .metadata: 0...13, .offsetCommit: 2...10,
      .offsetFetch: 1...10, .findCoordinator: 0...6, .describeGroups: 0...6, .listGroups: 0...5, .apiVersions: 0...4,
      .createTopics: 2...7, .initProducerID: 0...5, .offsetDelete: 0...0, .consumerGroupDescribe: 0...1,
    ],
  ]
}

extension KafkaRelease: Comparable {
  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Whether the release is older.
  public static func < (left: KafkaRelease, right: KafkaRelease) -> Bool { left.order < right.order }
}
