/// A program with its arguments and standard streams, as a plain value.
struct Command {
  var program: String
  var arguments: [String]
  var input = Stream.null
  var output = Stream.null

  /// How it would be typed, for messages.
  var text: String { ([program] + arguments).joined(separator: " ") }
}
