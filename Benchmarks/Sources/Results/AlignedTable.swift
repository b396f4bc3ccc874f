/// Rows of text in columns: the first to the left, as names are, the others to the right, as numbers are.
package struct AlignedTable {
  private var rows: [[String]]

  package init(_ heads: [String]) { rows = [heads] }

  package mutating func append(_ row: [String]) {
    precondition(row.count == rows[0].count)
    rows.append(row)
  }

  /// The table with a line for each row, under a line for the heads.
  package var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + blanks : blanks + cell.0
      }.joined(separator: "  ") + "\n"
    }.joined()
  }
}
