/// What the faults that a request has met make of it.
struct FaultPlan: Sendable {
  /// How the exchange ends.
  enum Ending: Sendable, Equatable {
    case answer
    /// Closes, or resets, the connection before anything is done.
    case close(isReset: Bool)
    case closeAfter(bytes: Int)
    case garbage(count: Int)
    case rawBytes([UInt8])
    case wrongCorrelationID
    case noAnswer
  }

  var delay = Duration.zero
  var error: InjectedError?
  var ending = Ending.answer
  /// The partitions whose leader moves first, and where to.
  var moves: [(name: PartitionName, broker: Int32?)] = []
  var observers: [@Sendable (MockRequest) -> Void] = []
}
