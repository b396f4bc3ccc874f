import Buffers
import KafkaClient
import KafkaProtocol
import Transport

/// Which brokers can be reached, as a table or JSON.
struct BrokerCheckReport: Sendable {
  private let checks: [BrokerCheck]

  init(_ checks: [BrokerCheck]) { self.checks = checks }

  func append(isJSON: Bool, to output: inout BytesBuilder, isTerminal: Bool) {
    if isJSON {
      JSONValue.fields([("brokers", .array(checks.map(Self.json)))]).write(into: &output)
      output.append(byte: 0x0A)
      return
    }
    var table = TextTable(columns: [
      .init("broker", .right), .init("address"), .init("milliseconds", .right), .init("result"),
    ])
    for check in checks {
      table.append([
        check.broker.map { "\($0.id)" } ?? "-", "\(check.address)", Self.milliseconds(check.duration),
        TerminalText.escaped(check.error.map { "\($0)" } ?? "ok"),
      ])
    }
    table.append(to: &output, isTerminal: isTerminal)
  }

  private static func json(of check: BrokerCheck) -> JSONValue {
    .fields([
      ("id", .optional(check.broker?.id)), ("host", .string(check.address.host)),
      ("port", .number(check.address.port)), ("bootstrap", .bool(check.isBootstrap)),
      ("milliseconds", .number(Double(check.duration.nanoseconds / 100_000) / 10)),
      ("error", .optional(check.error.map { "\($0)" })),
    ])
  }

  /// With one digit behind the point.
  private static func milliseconds(_ duration: Duration) -> String {
    let tenths = duration.nanoseconds / 100_000
    return "\(tenths / 10).\(tenths % 10)"
  }
}
