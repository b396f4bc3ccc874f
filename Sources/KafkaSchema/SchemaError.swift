/// A schema file that says something that cannot be meant.
package struct SchemaError: Error, Equatable, CustomStringConvertible {
  package let file: String
  /// The line, the first being 1.
  package let line: Int
  package let message: String

  package init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  package var description: String { "\(file):\(line): \(message)" }
}
