/// A topic that the mock cluster begins with: `NAME[:PARTITIONS]`.
package struct MockTopic: Hashable, Sendable {
  package var name: String
  package var partitions: Int32

  package init(argument text: String) throws(UsageError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    name = try TopicName.parse(parts[0])
    partitions = parts.count == 1 ? 1 : try DecimalNumber.parse(parts[1], in: 1...10_000)
  }
}
