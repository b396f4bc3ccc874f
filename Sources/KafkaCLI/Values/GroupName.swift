/// Kafka's rule for the names of groups: any text but none.
package enum GroupName {
  package static func parse(_ text: String) throws(UsageError) -> String {
    guard !text.isEmpty else { throw UsageError("the name of the group is empty") }
    guard text.utf8.count <= Int(Int16.max) else {
      throw UsageError("the name of the group has \(text.utf8.count) bytes", advice: "\(Int16.max) are allowed")
    }
    return text
  }
}
