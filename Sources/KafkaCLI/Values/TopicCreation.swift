/// How to create a topic that does not exist: `PARTITIONS[:REPLICAS]`; what is not said is the broker's default.
package struct TopicCreation: Hashable, Sendable {
  package var partitions: Int32?
  package var replicas: Int16?

  package init(partitions: Int32? = nil, replicas: Int16? = nil) {
    self.partitions = partitions
    self.replicas = replicas
  }

  package init(argument text: String) throws(UsageError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2 else { throw UsageError("'\(text)' is not PARTITIONS[:REPLICAS]") }
    partitions = try DecimalNumber.parse(parts[0], in: 1...Int32.max)
    if parts.count == 2 { replicas = try DecimalNumber.parse(parts[1], in: 1...Int16.max) }
  }
}
