import KafkaProtocol

/// An error number of Kafka's protocol, to have a mock cluster answer with it.
public struct MockErrorCode: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  public let rawValue: Int16

  /// Takes any number, also one that Kafka does not have.
  public init(rawValue: Int16) { self.rawValue = rawValue }

  /// -1, for whatever a broker did not expect.
  public static let unknownServerError = MockErrorCode(rawValue: -1)
  /// 1
  public static let offsetOutOfRange = MockErrorCode(rawValue: 1)
  /// 2
  public static let corruptMessage = MockErrorCode(rawValue: 2)
  /// 3
  public static let unknownTopicOrPartition = MockErrorCode(rawValue: 3)
  /// 5
  public static let leaderNotAvailable = MockErrorCode(rawValue: 5)
  /// 6
  public static let notLeaderOrFollower = MockErrorCode(rawValue: 6)
  /// 7
  public static let requestTimedOut = MockErrorCode(rawValue: 7)
  /// 9
  public static let replicaNotAvailable = MockErrorCode(rawValue: 9)
  /// 10
  public static let messageTooLarge = MockErrorCode(rawValue: 10)
  /// 14
  public static let coordinatorLoadInProgress = MockErrorCode(rawValue: 14)
  /// 15
  public static let coordinatorNotAvailable = MockErrorCode(rawValue: 15)
  /// 16
  public static let notCoordinator = MockErrorCode(rawValue: 16)
  /// 19
  public static let notEnoughReplicas = MockErrorCode(rawValue: 19)
  /// 20
  public static let notEnoughReplicasAfterAppend = MockErrorCode(rawValue: 20)
  /// 25
  public static let unknownMemberID = MockErrorCode(rawValue: 25)
  /// 29
  public static let topicAuthorizationFailed = MockErrorCode(rawValue: 29)
  /// 30
  public static let groupAuthorizationFailed = MockErrorCode(rawValue: 30)
  /// 31
  public static let clusterAuthorizationFailed = MockErrorCode(rawValue: 31)
  /// 41
  public static let notController = MockErrorCode(rawValue: 41)
  /// 44
  public static let policyViolation = MockErrorCode(rawValue: 44)
  /// 45
  public static let outOfOrderSequenceNumber = MockErrorCode(rawValue: 45)
  /// 47
  public static let invalidProducerEpoch = MockErrorCode(rawValue: 47)
  /// 56
  public static let kafkaStorageError = MockErrorCode(rawValue: 56)
  /// 59
  public static let unknownProducerID = MockErrorCode(rawValue: 59)
  /// 70
  public static let fetchSessionIDNotFound = MockErrorCode(rawValue: 70)
  /// 74
  public static let fencedLeaderEpoch = MockErrorCode(rawValue: 74)
  /// 75
  public static let unknownLeaderEpoch = MockErrorCode(rawValue: 75)
  /// 87
  public static let invalidRecord = MockErrorCode(rawValue: 87)

  init(_ code: ErrorCode) { rawValue = code.rawValue }

  var code: ErrorCode { ErrorCode(rawValue: rawValue) }
}

extension MockErrorCode: CustomStringConvertible {
  /// The name in the protocol's spelling, such as `NOT_LEADER_OR_FOLLOWER`.
  public var description: String { code.name }
}
