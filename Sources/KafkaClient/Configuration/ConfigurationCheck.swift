import Transport

/// Refuses values of a configuration with which nothing could work.
///
/// That is done once, where a client, a producer or a reader is made, so that what uses them need expect nothing else.
struct ConfigurationCheck {
  /// What is counted in nanoseconds with 64 bits: 292 years.
  private static let longestDuration: Duration = .nanoseconds(Int64.max)

  private let type: String

  /// - Parameter type: What the values are properties of.
  init(of type: String) { self.type = type }

  func require<Value: Comparable>(
    _ value: Value, _ name: String, in range: ClosedRange<Value>
  ) throws(KafkaError) {
    guard !range.contains(value) else { return }
    throw KafkaError(
      .invalidArgument, "\(type).\(name) is \(value)", hint: "use \(range.lowerBound) to \(range.upperBound)")
  }

  func require(_ duration: Duration, _ name: String, atLeast shortest: Duration) throws(KafkaError) {
    try require(duration, name, in: shortest...Self.longestDuration)
  }

  func require(_ range: ClosedRange<Duration>, _ name: String) throws(KafkaError) {
    try require(range.lowerBound, name, atLeast: .zero)
    try require(range.upperBound, name, atLeast: .zero)
  }
}
