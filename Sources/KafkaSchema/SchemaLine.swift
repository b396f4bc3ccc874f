/// A line of a schema file with the lines indented below it.
struct SchemaLine {
  let number: Int
  /// The words between spaces. A quoted text is one word, its quotes kept.
  let words: [String]
  var children: [SchemaLine] = []

  /// Splits a file into lines and hangs each below the line it is indented under.
  static func parse(_ text: String, file: String) throws(SchemaError) -> [SchemaLine] {
    var roots: [SchemaLine] = []
    // The open lines, outermost first; a line closes all that are not above it.
    var open: [SchemaLine] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let number = index + 1
      let indentation = line.prefix { $0 == " " }.count
      let words = try split(line.dropFirst(indentation), file: file, number: number)
      if words.isEmpty { continue }
      let depth = indentation / 2
      guard indentation % 2 == 0, depth <= open.count else {
        throw SchemaError(
          file: file, line: number, message: "indented by \(indentation) spaces; two more than the line it belongs to")
      }
      close(&open, to: depth, into: &roots)
      open.append(SchemaLine(number: number, words: words))
    }
    close(&open, to: 0, into: &roots)
    return roots
  }

  private static func close(_ open: inout [SchemaLine], to depth: Int, into roots: inout [SchemaLine]) {
    while open.count > depth {
      let line = open.removeLast()
      if open.isEmpty { roots.append(line) } else { open[open.count - 1].children.append(line) }
    }
  }

  private static func split(
    _ text: Substring, file: String, number: Int
  ) throws(SchemaError) -> [String] {
    var words: [String] = []
    var rest = text
    while let first = rest.first {
      if first == " " {
        rest.removeFirst()
      } else if first == "#" {
        break
      } else if first == "\t" || first == "\r" {
        throw SchemaError(file: file, line: number, message: "a tab or carriage return; lines are indented by spaces")
      } else if first == "\"" {
        guard let end = rest.dropFirst().firstIndex(of: "\"") else {
          throw SchemaError(file: file, line: number, message: "a text without its closing quote")
        }
        words.append(String(rest[...end]))
        rest = rest[rest.index(after: end)...]
      } else {
        let word = rest.prefix { !" \t\r#\"".contains($0) }
        words.append(String(word))
        rest = rest[word.endIndex...]
      }
    }
    return words
  }
}
