package import KafkaClient
import KafkaProtocol

/// How a command ends, as scripts see it.
package enum ExitStatus: Hashable, Sendable {
  /// Done, and everything asked for happened.
  case success
  /// Refused or not there: a broker's error, an unknown topic, unreadable data, a local file or output error.
  case refused
  /// A mistake in the command line or the configuration; nothing was sent.
  case usage
  /// No broker could be reached, or the time allowed ran out.
  case unreachable
  /// Authentication or authorization failed.
  case denied
  /// For some records nobody knows whether they are stored.
  case unknownOutcome
  /// Ended by this signal, after what was under way was finished.
  case signal(Int32)
  /// What a command that was run for the user ended with.
  case command(Int32)

  /// The process's exit status, but for a signal.
  package var code: Int32 {
    switch self {
    case .success: 0
    case .refused: 1
    case .usage: 2
    case .unreachable: 3
    case .denied: 4
    case .unknownOutcome: 5
    case .signal(let number): 128 + number
    case .command(let status): status
    }
  }

  /// The status for an error of the client.
  package init(_ error: KafkaError) {
    switch error.code {
    case .broker(let number): self = Self.status(of: ErrorCode(rawValue: number))
    case .noBrokerReachable, .unknownHost, .connectionLost, .timedOut: self = .unreachable
    case .unsupportedVersion, .malformedResponse, .corruptRecords, .outOfMemory, .unknownTopicOrPartition,
      .recordTooLarge, .invalidArgument, .cancelled:
      self = .refused
    }
  }

  private static func status(of code: ErrorCode) -> ExitStatus {
    switch code {
    case .topicAuthorizationFailed, .groupAuthorizationFailed, .clusterAuthorizationFailed,
      .transactionalIdAuthorizationFailed, .delegationTokenAuthorizationFailed, .unsupportedSaslMechanism,
      .illegalSaslState, .saslAuthenticationFailed:
      .denied
    case .requestTimedOut: .unreachable
    default: .refused
    }
  }

  /// Of two statuses that both hold, the one that is told: usage, denied, unknown outcome, unreachable, refused.
  package func combined(with other: ExitStatus) -> ExitStatus { rank <= other.rank ? self : other }

  private var rank: Int {
    switch self {
    case .signal, .command: 0
    case .usage: 1
    case .denied: 2
    case .unknownOutcome: 3
    case .unreachable: 4
    case .refused: 5
    case .success: 6
    }
  }
}
