import KafkaProtocol

/// What a handler knows of a request besides its content.
struct RequestContext: Sendable {
  /// The broker that has received it.
  var broker: Int32
  var version: Int16
  /// Milliseconds since 1970-01-01 UTC.
  var now: Int64 = 0
  /// Whether the handler may still answer ``Outcome/wait(_:)``.
  var mayWait = true
  /// An error that a fault script has the handler answer with.
  var injected: InjectedError?

  /// The injected error that a topic or partition is to have instead of being served.
  func error(for topic: String, _ partition: Int32? = nil) -> ErrorCode? {
    guard let injected, injected.timing == .instead, injected.matches(topic, partition) else { return nil }
    return injected.code
  }

  /// The injected error that a topic or partition is to have although it was served.
  func errorAfterwards(for topic: String, _ partition: Int32? = nil) -> ErrorCode? {
    guard let injected, injected.timing == .afterwards, injected.matches(topic, partition) else { return nil }
    return injected.code
  }

  /// The injected error of the answer as a whole, in the answers that have one.
  var topLevelError: ErrorCode? { injected?.timing == .topLevel ? injected?.code : nil }

  /// The injected error, however it is meant: for answers that have one place for an error.
  var anyError: ErrorCode? { injected?.code }
}

/// An error that a handler is to answer with.
struct InjectedError: Sendable, Equatable {
  enum Timing: Sendable {
    /// The request has no effect.
    case instead
    /// The request has its effect, which the client is not told.
    case afterwards
    /// As `instead`, where the answer has a place for errors of the whole.
    case topLevel
  }

  var code: ErrorCode
  var timing = Timing.instead
  /// Nil for every topic.
  var topic: String?
  /// Nil for every partition.
  var partition: Int32?

  func matches(_ topic: String, _ partition: Int32?) -> Bool {
    (self.topic == nil || self.topic == topic)
      && (self.partition == nil || partition == nil || self.partition == partition)
  }
}
