/// The version of a Kafka release, such as 0.9.0.1 or 4.3.1.
package struct KafkaVersion: Comparable, Hashable, Sendable, CustomStringConvertible {
  private let numbers: [Int]

  /// - Returns: Nil unless it consists of numbers and points.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, numbers.count >= 2 else { return nil }
  }

  package var description: String { numbers.map(String.init).joined(separator: ".") }

  package static func < (left: KafkaVersion, right: KafkaVersion) -> Bool {
    left.numbers.lexicographicallyPrecedes(right.numbers)
  }

  /// Whether it is this version or a later one, as in `version.isAtLeast(2, 1)`.
  package func isAtLeast(_ numbers: Int...) -> Bool { !self.numbers.lexicographicallyPrecedes(numbers) }
}
