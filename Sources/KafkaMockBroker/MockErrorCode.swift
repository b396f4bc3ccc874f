import KafkaProtocol

/// An error number of Kafka's protocol, to have a mock cluster answer with it.
public struct MockErrorCode: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  public let rawValue: Int16

  /// Takes any number, also one that Kafka does not have.
  public init(rawValue: Int16) { self.rawValue = rawValue }

  /// Whatever a broker did not expect (-1).
  public static let unknownServerError = MockErrorCode(rawValue: -1)
  /// There is no record at the offset, any more or yet (1).
  public static let offsetOutOfRange = MockErrorCode(rawValue: 1)
  /// The checksum of a batch is wrong, or what is in it cannot be stored there (2).
  public static let corruptMessage = MockErrorCode(rawValue: 2)
  /// The broker does not know the topic or does not have the partition (3).
  public static let unknownTopicOrPartition = MockErrorCode(rawValue: 3)
  /// The partition has no leader at present (5).
  public static let leaderNotAvailable = MockErrorCode(rawValue: 5)
  /// The partition has moved to another broker (6).
  public static let notLeaderOrFollower = MockErrorCode(rawValue: 6)
  /// Other brokers did not do their part within the time that was allowed (7).
  public static let requestTimedOut = MockErrorCode(rawValue: 7)
  /// A replica is down, or does not have the partition yet (9).
  public static let replicaNotAvailable = MockErrorCode(rawValue: 9)
  /// A batch is larger than the topic takes (10).
  public static let messageTooLarge = MockErrorCode(rawValue: 10)
  /// The coordinator is still reading what it has to know of the group (14).
  public static let coordinatorLoadInProgress = MockErrorCode(rawValue: 14)
  /// No broker coordinates the group at present (15).
  public static let coordinatorNotAvailable = MockErrorCode(rawValue: 15)
  /// Another broker coordinates the group by now (16).
  public static let notCoordinator = MockErrorCode(rawValue: 16)
  /// Fewer replicas are in sync than must be; nothing was stored (19).
  public static let notEnoughReplicas = MockErrorCode(rawValue: 19)
  /// The same, but the leader has stored the records (20).
  public static let notEnoughReplicasAfterAppend = MockErrorCode(rawValue: 20)
  /// The group has no such member, or has members where there must be none (25).
  public static let unknownMemberID = MockErrorCode(rawValue: 25)
  /// No ACL allows it for the topic (29).
  public static let topicAuthorizationFailed = MockErrorCode(rawValue: 29)
  /// No ACL allows it for the group (30).
  public static let groupAuthorizationFailed = MockErrorCode(rawValue: 30)
  /// No ACL allows it for the cluster, as idempotent producing of old brokers (31).
  public static let clusterAuthorizationFailed = MockErrorCode(rawValue: 31)
  /// Another broker is the controller (41).
  public static let notController = MockErrorCode(rawValue: 41)
  /// A policy of the cluster is against it (44).
  public static let policyViolation = MockErrorCode(rawValue: 44)
  /// A batch of the producer before this one is missing (45).
  public static let outOfOrderSequenceNumber = MockErrorCode(rawValue: 45)
  /// A producer with the same id has begun anew since (47).
  public static let invalidProducerEpoch = MockErrorCode(rawValue: 47)
  /// The disk of the broker has failed (56).
  public static let kafkaStorageError = MockErrorCode(rawValue: 56)
  /// The broker has forgotten the producer, as its records have been deleted (59).
  public static let unknownProducerID = MockErrorCode(rawValue: 59)
  /// The broker has forgotten the fetch session (70).
  public static let fetchSessionIDNotFound = MockErrorCode(rawValue: 70)
  /// The client knows an older leader of the partition than the broker (74).
  public static let fencedLeaderEpoch = MockErrorCode(rawValue: 74)
  /// The client knows a newer leader of the partition than the broker (75).
  public static let unknownLeaderEpoch = MockErrorCode(rawValue: 75)
  /// The topic does not take a record, as one without a key where it is compacted (87).
  public static let invalidRecord = MockErrorCode(rawValue: 87)

  init(_ code: ErrorCode) { rawValue = code.rawValue }

  var code: ErrorCode { ErrorCode(rawValue: rawValue) }
}

extension MockErrorCode: CustomStringConvertible {
  /// The name in the protocol's spelling, such as `NOT_LEADER_OR_FOLLOWER`.
  public var description: String { code.name }
}
