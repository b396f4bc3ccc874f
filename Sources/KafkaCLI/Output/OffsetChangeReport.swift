import Buffers
import KafkaClient
import KafkaProtocol

/// Changes of committed offsets, as a table or as JSON.
struct OffsetChangeReport: Sendable {
  private let changes: [PlannedChange]

  init(_ changes: [PlannedChange]) { self.changes = changes }

  func append(isJSON: Bool, to output: inout BytesBuilder, isTerminal: Bool) {
    guard !isJSON else {
      for change in changes {
        Self.json(of: change).write(into: &output)
        output.append(byte: 0x0A)
      }
      return
    }
    var table = TextTable(columns: [
      .init("topic"), .init("partition", .right), .init("before", .right), .init("after", .right),
    ])
    for change in changes {
      table.append(
        [change.partition.topic, "\(change.partition.partition)"]
          + [change.before, change.after].map { $0.map { "\($0)" } ?? "-" })
    }
    table.append(to: &output, isTerminal: isTerminal)
  }

  private static func json(of change: PlannedChange) -> JSONValue {
    .fields([
      ("topic", .string(change.partition.topic)), ("partition", .number(change.partition.partition)),
      ("before", .optional(change.before)), ("after", .optional(change.after)),
      ("error", .optional(change.error?.reason)),
    ])
  }
}
