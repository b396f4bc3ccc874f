package import KafkaProtocol

/// What went wrong: what failed, where, why, what to try, and the attempts that led to it.
public struct KafkaError: Error, Sendable {
  /// The kind of failure, for programs that decide by it.
  public var code: Code
  /// Why, in plain words: the broker's own text where it gave one.
  public var reason: String
  /// What the user may try, if that is known.
  public var hint: String? { didSet { remedy = nil } }
  /// The same as a value, where each program has a way of its own to do it.
  public private(set) var remedy: Remedy?
  /// What was asked for, such as `Produce` or `connect`.
  public var operation: String?
  /// The broker that was asked, as `broker 2 (kafka-2:9092)` or an address alone.
  public var broker: String?
  /// The topic that the failure is about.
  public var topic: String?
  /// The partition that the failure is about.
  public var partition: Int32?
  /// The offset that the failure is about.
  public var offset: Int64?
  /// The consumer group that the failure is about; ``reason`` names it too.
  public private(set) var group: String?
  /// Whether what was asked for may have happened all the same.
  public var isOutcomeUnknown = false
  /// What was tried before this failure was final, oldest first; at most ``maximumAttempts``.
  public private(set) var attempts: [Attempt] = []

  /// Creates an error about nothing more particular than its code and reason.
  public init(_ code: Code, _ reason: String, hint: String? = nil) {
    self.code = code
    self.reason = reason
    self.hint = hint
  }

  /// Creates an error that something can be done about.
  package init(_ code: Code, _ reason: String, remedy: Remedy?) {
    self.init(code, reason)
    suggest(remedy)
  }

  /// Says what can be done about it, instead of what was said before.
  package mutating func suggest(_ remedy: Remedy?) {
    hint = remedy?.description
    self.remedy = remedy
  }

  /// The kind of a failure.
  public enum Code: Hashable, Sendable {
    /// The broker answered with an error of the protocol: its number.
    case broker(Int16)
    /// No broker of those known could be reached.
    case noBrokerReachable
    /// A host has a name without an address.
    case unknownHost
    /// A connection could not be made, or ended before the answer.
    case connectionLost
    /// The time allowed ran out.
    case timedOut
    /// The broker does not offer an API, or not a version of it that would do.
    case unsupportedVersion
    /// The broker's bytes are not what the protocol has at that place.
    case malformedResponse
    /// Records are damaged or cannot be read.
    case corruptRecords
    /// There is no memory for decompressing records.
    case outOfMemory
    /// A topic or partition does not exist.
    case unknownTopicOrPartition
    /// A record is larger than is accepted.
    case recordTooLarge
    /// A value that the caller gave cannot be used.
    case invalidArgument
    /// The task was cancelled, or the client is closed.
    case cancelled
  }

  /// One try that failed.
  public struct Attempt: Sendable {
    /// The broker that was asked.
    public var broker: String?
    /// Why it failed.
    public var reason: String
  }

  /// The number of attempts that an error remembers: the first ones are dropped beyond it.
  public static let maximumAttempts = 16

  /// Remembers the tries that came before this one, and this one as the last.
  package func following(_ earlier: KafkaError?) -> KafkaError {
    guard let earlier else { return self }
    var error = self
    error.attempts = (earlier.attempts + [Attempt(broker: earlier.broker, reason: earlier.reason)])
      .suffix(Self.maximumAttempts)
    error.isOutcomeUnknown = isOutcomeUnknown || earlier.isOutcomeUnknown
    return error
  }
}

extension KafkaError {
  /// Creates the error for a code that a broker answered with.
  ///
  /// - Parameter message: The broker's own text. Some brokers give none, an empty one, or the code's name again.
  package init(_ code: ErrorCode, message: String? = nil) {
    let tells = message.map { !$0.isEmpty && $0 != code.name } ?? false
    let text = code.name + (tells ? ": \(message ?? "")" : "")
    if let remedy = code.remedy {
      self.init(.broker(code.rawValue), text, remedy: remedy)
    } else {
      self.init(.broker(code.rawValue), text, hint: code.hint)
    }
    if code == .unknownTopicOrPartition || code == .unknownTopicId { self.code = .unknownTopicOrPartition }
  }

  /// The task that waited was cancelled.
  static let cancelled = KafkaError(.cancelled, "cancelled")
  /// What was asked for has taken longer than it may.
  static let outOfTime = KafkaError(.timedOut, "the time allowed ran out")

  /// Says since when brokers can do what they could not do, if that is why it failed.
  func hinting(ifUnsupported hint: String?) -> KafkaError {
    guard code == .unsupportedVersion, let hint else { return self }
    var error = self
    error.hint = hint
    return error
  }

  /// Says what was asked for, and of whom.
  package func during(_ operation: String?, at broker: String? = nil) -> KafkaError {
    var error = self
    error.operation = error.operation ?? operation
    error.broker = error.broker ?? broker
    return error
  }

  /// Says which partition it is about.
  package func about(_ topic: String, _ partition: Int32? = nil, offset: Int64? = nil) -> KafkaError {
    var error = self
    error.topic = topic
    error.partition = partition
    error.offset = offset
    return error
  }

  /// Says which group it is about, also in front of the reason.
  func about(group: String) -> KafkaError {
    guard self.group == nil else { return self }
    var error = self
    error.group = group
    error.reason = "group \(group): \(reason)"
    return error
  }

  /// Whether the same request may succeed when it is sent again, perhaps elsewhere.
  package var isRetriable: Bool {
    switch code {
    case .broker(let number): ErrorCode(rawValue: number).isRetriable
    case .connectionLost, .timedOut, .noBrokerReachable, .unknownTopicOrPartition: true
    case .unknownHost, .unsupportedVersion, .malformedResponse, .corruptRecords, .outOfMemory, .recordTooLarge,
      .invalidArgument, .cancelled:
      false
    }
  }
}

extension KafkaError: CustomStringConvertible {
  /// One line: what failed, where, why, what to try. Holds no payload and no secret.
  public var description: String {
    var place: [String] = []
    if let topic { place.append(partition.map { "\(TopicPartition(topic, $0))" } ?? topic) }
    if let offset { place.append("offset \(offset)") }
    if let broker { place.append("at \(broker)") }
    let head = [operation, place.isEmpty ? nil : place.joined(separator: " ")].compactMap(\.self)
    var line = head.isEmpty ? reason : head.joined(separator: " ") + ": " + reason
    if let hint { line += "; " + hint }
    return line
  }
}
