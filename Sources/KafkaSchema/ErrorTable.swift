/// The error codes, read from `errors.table`.
package struct ErrorTable: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    package let code: Int16
    /// The name in capitals, such as `NOT_LEADER_OR_FOLLOWER`.
    package let name: String
    /// Whether the same request may succeed later.
    package let isRetriable: Bool
    /// Whether it says that the metadata in use is out of date.
    package let refreshesMetadata: Bool
  }

  package let entries: [Entry]

  /// Parses lines of `CODE NAME [retriable] [refresh]`.
  package static func parse(_ text: String, file: String) throws(SchemaError) -> ErrorTable {
    var entries: [Entry] = []
    for line in try SchemaLine.parse(text, file: file) {
      func failure(_ message: String) -> SchemaError { SchemaError(file: file, line: line.number, message: message) }
      guard line.words.count >= 2, let code = Int16(line.words[0]) else {
        throw failure("an error takes a code and a name")
      }
      let flags = line.words[2...]
      if let unknown = flags.first(where: { $0 != "retriable" && $0 != "refresh" }) {
        throw failure("unknown word '\(unknown)'")
      }
      if let last = entries.last, last.code >= code { throw failure("code \(code) after \(last.code)") }
      entries.append(
        Entry(
          code: code, name: line.words[1], isRetriable: flags.contains("retriable"),
          refreshesMetadata: flags.contains("refresh")))
    }
    return ErrorTable(entries: entries)
  }
}
