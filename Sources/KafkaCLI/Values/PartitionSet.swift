/// Partitions as someone lists them: `0,2,5-7`.
///
/// Ranges stay ranges, so `0-2147483647` takes no more memory than `0`.
package struct PartitionSet: Hashable, Sendable {
  package var ranges: [ClosedRange<Int32>]

  package init(_ ranges: [ClosedRange<Int32>]) { self.ranges = ranges }

  package func contains(_ partition: Int32) -> Bool { ranges.contains { $0.contains(partition) } }

  /// The only partition, when there is just one.
  package var single: Int32? {
    guard let first = ranges.first, ranges.allSatisfy({ $0 == first }), first.count == 1 else { return nil }
    return first.lowerBound
  }

  /// The first listed partition that a topic with `count` partitions does not have.
  package func firstMissing(ofTopicWith count: Int32) -> Int32? {
    ranges.lazy.filter { $0.upperBound >= count }.map { max($0.lowerBound, count) }.first
  }

  package init(argument text: String) throws(UsageError) {
    ranges = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      ranges.append(try Self.range(String(part)))
    }
  }

  /// Reads one partition or an inclusive range of them: `5`, `5-7`.
  static func range(_ text: String) throws(UsageError) -> ClosedRange<Int32> {
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = ends.compactMap { DecimalNumber.parse($0).flatMap(Int32.init(exactly:)) }
    guard numbers.count == ends.count, let first = numbers.first, let last = numbers.last else {
      throw UsageError("'\(text)' is not a partition", advice: "write partitions like 0,2,5-7")
    }
    guard first <= last else { throw UsageError("the range '\(text)' ends before it begins") }
    return first...last
  }
}
