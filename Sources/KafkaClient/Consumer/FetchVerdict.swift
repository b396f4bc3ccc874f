import KafkaProtocol

/// What a broker's code for a fetched partition means for its cursor.
enum FetchVerdict: Equatable {
  case records
  /// Another broker leads now, or will soon: asked again with newer metadata.
  case refresh
  /// Asked again after a wait.
  case retry
  /// Asked again after a wait, but only for so long: the broker itself does not know what is wrong.
  case retryForAWhile
  /// The same where the leader does not know the topic: it was deleted, or the leader has not heard of it yet.
  case topicGone
  case outOfRange
  case fail

  init(_ code: ErrorCode) {
    switch code {
    case .none: self = .records
    case .unknownTopicOrPartition, .unknownTopicId, .inconsistentTopicId: self = .topicGone
    case .leaderNotAvailable, .notLeaderOrFollower, .brokerNotAvailable, .replicaNotAvailable, .kafkaStorageError,
      .fencedLeaderEpoch, .offsetNotAvailable:
      self = .refresh
    case .unknownLeaderEpoch, .throttlingQuotaExceeded, .fetchSessionIdNotFound, .invalidFetchSessionEpoch:
      self = .retry
    case .unknownServerError, .requestTimedOut, .networkException: self = .retryForAWhile
    case .offsetOutOfRange: self = .outOfRange
    default: self = .fail
    }
  }
}
