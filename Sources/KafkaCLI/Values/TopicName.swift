/// Kafka's rule for the names of topics, checked before anything is sent.
package enum TopicName {
  /// - Throws: For a name that no broker accepts: 1 to 249 of the characters `A-Z a-z 0-9 . _ -`, but not `.` or `..`.
  package static func parse(_ text: String) throws(UsageError) -> String {
    guard !text.isEmpty else { throw UsageError("the name of the topic is empty") }
    guard text != ".", text != ".." else { throw UsageError("'\(text)' cannot be the name of a topic") }
    guard text.utf8.count <= 249 else {
      throw UsageError("the name of the topic has \(text.utf8.count) characters", advice: "249 are allowed")
    }
    guard text.utf8.allSatisfy(isAllowed) else {
      throw UsageError(
        "'\(text)' cannot be the name of a topic", advice: "letters, digits, '.', '_' and '-' are allowed")
    }
    return text
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }
}
