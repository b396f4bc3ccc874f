package import Buffers

/// Rows of text: in aligned columns with a heading on a terminal, separated by tabs without one elsewhere.
///
/// Control characters, which brokers may have sent, become escapes, so that a row is one line of as many fields as
/// there are columns.
package struct TextTable: Equatable, Sendable {
  package enum Alignment: Sendable {
    case left
    case right
  }

  package struct Column: Equatable, Sendable {
    package let title: String
    package let alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  package let columns: [Column]
  package private(set) var rows: [[String]] = []

  package init(columns: [Column]) { self.columns = columns }

  package mutating func append(_ row: [String]) {
    precondition(row.count == columns.count)
    rows.append(row)
  }

  package func append(to output: inout BytesBuilder, isTerminal: Bool) {
    let escaped = rows.map { $0.map(TerminalText.escaped) }
    guard isTerminal else {
      for row in escaped { output.append(utf8: row.joined(separator: "\t") + "\n") }
      return
    }
    let shown = [columns.map(\.title)] + escaped
    let widths = columns.indices.map { column in shown.map { $0[column].count }.max() ?? 0 }
    for row in shown {
      var line = ""
      for (column, text) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - text.count)
        if column > 0 { line += "  " }
        line += columns[column].alignment == .right ? padding + text : text + padding
      }
      while line.last == " " { line.removeLast() }
      output.append(utf8: line + "\n")
    }
  }
}
