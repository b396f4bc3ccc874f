import Buffers
import KafkaClient
import KafkaProtocol

/// What is committed for a group, in each of the forms of `kavka offsets`.
struct GroupOffsetsReport: Sendable {
  struct Row: Sendable {
    var topic: String
    /// Nothing for the sum of a topic's partitions.
    var partition: Int32?
    var committed: Int64?
    var end: Int64?
    var lag: Int64?
    var metadata: String?

    init(_ committed: CommittedOffset, end: Int64?) {
      topic = committed.partition.topic
      partition = committed.partition.partition
      self.committed = committed.offset
      self.end = end
      metadata = committed.metadata
      if let offset = committed.offset, let end {
        let (lag, isTooLarge) = end.subtractingReportingOverflow(offset)
        self.lag = isTooLarge ? nil : lag
      }
    }
  }

  var form: OffsetsForm
  var isSum: Bool

  func append(_ rows: [Row], to output: inout BytesBuilder, isTerminal: Bool) {
    let rows = isSum ? Self.sums(of: rows) : rows
    switch form {
    case .number: for row in rows { output.append(utf8: Self.text(row.committed) + "\n") }
    case .json:
      for row in rows {
        JSONValue.fields(fields(of: row)).write(into: &output)
        output.append(byte: 0x0A)
      }
    case .table: table(rows).append(to: &output, isTerminal: isTerminal)
    }
  }

  private func table(_ rows: [Row]) -> TextTable {
    let numbers = ["committed", "latest", "lag"].map { TextTable.Column($0, .right) }
    var table = TextTable(
      columns: [.init("topic")] + (isSum ? [] : [.init("partition", .right)]) + numbers
        + (isSum ? [] : [.init("metadata")]))
    for row in rows {
      let numbers = [row.committed, row.end, row.lag].map(Self.text)
      // A text of somebody else's must not make two rows of one.
      let metadata = row.metadata.map(TerminalText.escaped) ?? "-"
      table.append([row.topic] + (isSum ? [] : [Self.text(row.partition)]) + numbers + (isSum ? [] : [metadata]))
    }
    return table
  }

  private func fields(of row: Row) -> [(key: String, value: JSONValue)] {
    var fields: [(key: String, value: JSONValue)] = [("topic", .string(row.topic))]
    if let partition = row.partition { fields.append(("partition", .number(partition))) }
    fields += [("committed", .optional(row.committed)), ("latest", .optional(row.end)), ("lag", .optional(row.lag))]
    if !isSum { fields.append(("metadata", .optional(row.metadata))) }
    return fields
  }

  private static func text(_ number: (some BinaryInteger)?) -> String { number.map { "\($0)" } ?? "-" }

  /// One row for each topic. What lacks a number has no sum, and neither has what 64 bits cannot hold.
  private static func sums(of rows: [Row]) -> [Row] {
    var sums: [Row] = []
    var places: [String: Int] = [:]
    for var row in rows {
      row.partition = nil
      guard let place = places[row.topic] else {
        places[row.topic] = sums.count
        sums.append(row)
        continue
      }
      for field in [\Row.committed, \Row.end, \Row.lag] { sums[place][keyPath: field] = sum(sums[place], row, field) }
    }
    return sums
  }

  private static func sum(_ first: Row, _ second: Row, _ field: KeyPath<Row, Int64?>) -> Int64? {
    guard let first = first[keyPath: field], let second = second[keyPath: field] else { return nil }
    let (total, isTooLarge) = first.addingReportingOverflow(second)
    return isTooLarge ? nil : total
  }
}
