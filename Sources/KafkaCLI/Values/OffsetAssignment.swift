/// Partitions and the place that a group is to have there: `orders:3=1200`, `orders=end`.
package struct OffsetAssignment: Hashable, Sendable {
  package var selection: TopicSelection
  package var position: StartPosition

  package init(argument text: String) throws(UsageError) {
    guard let equals = text.firstIndex(of: "=") else {
      throw UsageError("'\(text)' says no place", advice: "write TOPIC:PARTITION=WHERE, such as orders:0=1200")
    }
    selection = try TopicSelection(argument: String(text[..<equals]))
    position = try StartPosition(argument: String(text[text.index(after: equals)...]))
  }
}
