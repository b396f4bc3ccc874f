import KafkaProtocol

/// What a broker's code for a batch means for that batch.
enum ProduceVerdict: Equatable {
  case stored
  /// Stored earlier, by a try whose answer was lost; the offset is not known.
  case storedBefore
  /// To be sent again; `refresh` asks for newer metadata first, `mayBeStored` says that this try may have worked.
  case retry(refresh: Bool, mayBeStored: Bool)
  /// Too large as it is; its halves may not be.
  case split
  /// An earlier batch of the producer is missing at the broker.
  case outOfOrder
  /// The producer's id or epoch is no longer good; another must be asked for.
  case newIdentity
  /// Refused for good because of some of its records, which newer brokers name (KIP-467).
  case refusedRecords
  /// Refused for good; `mayBeStored` where the broker itself does not know.
  case refused(mayBeStored: Bool)

  init(_ code: ErrorCode, acknowledgement: ProducerConfiguration.Acknowledgement) {
    // With acknowledgement by all replicas, the leader may have appended the batch before it lost its place.
    let undecided = acknowledgement == .all
    switch code {
    case .none: self = .stored
    case .duplicateSequenceNumber: self = .storedBefore
    case .leaderNotAvailable, .notLeaderOrFollower, .brokerNotAvailable, .replicaNotAvailable, .listenerNotFound,
      .fencedLeaderEpoch, .unknownLeaderEpoch, .kafkaStorageError:
      self = .retry(refresh: true, mayBeStored: undecided)
    case .unknownTopicOrPartition, .inconsistentTopicId: self = .retry(refresh: true, mayBeStored: undecided)
    // A broker that does not know the id has no name to look for the partition by.
    case .unknownTopicId: self = .retry(refresh: true, mayBeStored: false)
    case .requestTimedOut, .notEnoughReplicasAfterAppend, .networkException:
      self = .retry(refresh: false, mayBeStored: true)
    case .notEnoughReplicas, .corruptMessage, .throttlingQuotaExceeded, .concurrentTransactions:
      self = .retry(refresh: false, mayBeStored: false)
    case .messageTooLarge, .recordListTooLarge: self = .split
    case .outOfOrderSequenceNumber, .unknownProducerId: self = .outOfOrder
    case .invalidProducerEpoch, .producerFenced, .invalidProducerIdMapping: self = .newIdentity
    case .invalidRecord, .invalidTimestamp: self = .refusedRecords
    case .unknownServerError: self = .refused(mayBeStored: true)
    default: self = .refused(mayBeStored: !code.isKnown)
    }
  }
}
