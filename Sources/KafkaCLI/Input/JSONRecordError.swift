/// What is wrong with the JSON of a record, and where.
package struct JSONRecordError: Error, Hashable, Sendable {
  /// The place in the text, from 0.
  package let offset: Int
  package let problem: String

  package var message: String { "column \(offset + 1): \(problem)" }
}
