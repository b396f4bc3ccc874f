/// What one schema file holds.
package struct SchemaFile: Equatable, Sendable {
  /// The file's name, without its folder.
  package let name: String
  package internal(set) var apis: [APISchema] = []
  /// Headers and data formats.
  package internal(set) var messages: [MessageSchema] = []

  /// All messages in the file's order, each request before its response.
  package var allMessages: [MessageSchema] { apis.flatMap { [$0.request, $0.response] } + messages }
}
