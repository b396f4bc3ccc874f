package import Buffers
import KafkaProtocol

/// The answer of `kavka offsets` in each of its forms.
package struct OffsetsReport: Sendable {
  /// A partition with the offsets asked for, each missing where it could not be had.
  package struct Row: Hashable, Sendable {
    package var topic: String
    /// Nothing for the sum of a topic's partitions.
    package var partition: Int32?
    /// Earliest and latest, the one asked for by `--at`, or any number of segments, the newest first.
    package var offsets: [Int64?]
    /// The time of the record that was found, in milliseconds since 1970-01-01 UTC.
    package var timestamp: Int64?

    package init(topic: String, partition: Int32?, offsets: [Int64?], timestamp: Int64? = nil) {
      self.topic = topic
      self.partition = partition
      self.offsets = offsets
      self.timestamp = timestamp
    }
  }

  private let form: OffsetsForm
  private let isSum: Bool
  /// The columns with offsets.
  private let names: [String]
  /// Whether the offsets of a partition are a list.
  private let isOfSegments: Bool
  /// Whether an offset is that of a record with a time.
  private let hasTimestamp: Bool

  package init(_ arguments: OffsetsArguments) {
    form = arguments.form
    isSum = arguments.isSum
    isOfSegments = arguments.before != nil
    names = arguments.at == nil && !isOfSegments ? ["earliest", "latest"] : ["offset"]
    hasTimestamp =
      switch arguments.at {
      case .time, .ago, .maximumTimestamp: !arguments.isSum
      case nil, .earliest, .latest, .stable: false
      }
  }

  /// Appends the rows in the order given.
  package func append(_ rows: [Row], to output: inout BytesBuilder, isTerminal: Bool) {
    let rows = isSum ? Self.sums(of: rows) : isOfSegments && form != .json ? rows.flatMap(Self.segments) : rows
    switch form {
    case .number:
      for row in rows { output.append(utf8: Self.text(row.offsets.first ?? nil) + "\n") }
    case .json:
      for row in rows {
        JSONValue.fields(fields(of: row)).write(into: &output)
        output.append(byte: 0x0A)
      }
    case .table:
      var table = TextTable(
        columns: [.init("topic")] + (isSum ? [] : [.init("partition", .right)]) + names.map { .init($0, .right) })
      for row in rows {
        table.append([row.topic] + (isSum ? [] : [Self.text(row.partition)]) + row.offsets.map(Self.text))
      }
      table.append(to: &output, isTerminal: isTerminal)
    }
  }

  private func fields(of row: Row) -> [(key: String, value: JSONValue)] {
    var fields: [(key: String, value: JSONValue)] = [("topic", .string(row.topic))]
    if let partition = row.partition { fields.append(("partition", .number(partition))) }
    if isOfSegments { return fields + [("offsets", .array(row.offsets.map(JSONValue.optional)))] }
    fields += zip(names, row.offsets).map { (key: $0, value: .optional($1)) }
    if hasTimestamp { fields.append(("timestamp", .optional(row.timestamp))) }
    return fields
  }

  /// A row for each segment, or one that says that there is none.
  private static func segments(of row: Row) -> [Row] {
    (row.offsets.isEmpty ? [nil] : row.offsets).map {
      Row(topic: row.topic, partition: row.partition, offsets: [$0])
    }
  }

  private static func text(_ number: (some BinaryInteger)?) -> String { number.map { "\($0)" } ?? "-" }

  /// One row for each topic. What lacks an offset has no sum, and neither has what 64 bits cannot hold.
  private static func sums(of rows: [Row]) -> [Row] {
    var sums: [Row] = []
    var indices: [String: Int] = [:]
    for row in rows {
      guard let index = indices[row.topic] else {
        indices[row.topic] = sums.count
        sums.append(Row(topic: row.topic, partition: nil, offsets: row.offsets))
        continue
      }
      sums[index].offsets = zip(sums[index].offsets, row.offsets).map { sum, offset in
        guard let sum, let offset else { return nil }
        let (total, isTooLarge) = sum.addingReportingOverflow(offset)
        return isTooLarge ? nil : total
      }
    }
    return sums
  }
}
