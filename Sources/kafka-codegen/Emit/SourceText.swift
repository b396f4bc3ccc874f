/// Swift source being written, line by line.
struct SourceText {
  private(set) var lines: [String] = []
  private var depth = 0

  private static let width = 120

  /// Adds a line at the present indentation, or an empty one. A call that is too long continues on a second line.
  mutating func line(_ text: String = "") {
    guard !text.isEmpty else { return lines.append("") }
    let indentation = String(repeating: "  ", count: depth)
    if indentation.count + text.count > Self.width, text.hasSuffix(")"), let parenthesis = text.firstIndex(of: "(") {
      lines.append(indentation + text[...parenthesis])
      lines.append(indentation + "  " + text[text.index(after: parenthesis)...])
    } else {
      lines.append(indentation + text)
    }
  }

  /// Adds a line that opens a block, the block, and its closing brace.
  mutating func block(_ head: String, _ body: (inout SourceText) -> Void) {
    line(head + " {")
    depth += 1
    body(&self)
    depth -= 1
    line("}")
  }

  /// Adds a block, or its body alone where nothing makes it conditional.
  mutating func block(if condition: String?, _ body: (inout SourceText) -> Void) {
    if let condition { block("if \(condition)", body) } else { body(&self) }
  }

  /// Adds lines one step further in.
  mutating func indented(_ body: (inout SourceText) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  var text: String { lines.joined(separator: "\n") + "\n" }
}
