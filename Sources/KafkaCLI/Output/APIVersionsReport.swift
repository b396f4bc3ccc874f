import Buffers
import KafkaClient
import KafkaProtocol

/// What the brokers of a cluster speak, as a table or JSON.
struct APIVersionsReport: Sendable {
  private let brokers: [BrokerAPIs]

  init(_ brokers: [BrokerAPIs]) { self.brokers = brokers }

  func append(isJSON: Bool, to output: inout BytesBuilder, isTerminal: Bool) {
    if isJSON {
      JSONValue.fields([("brokers", .array(brokers.map(Self.json)))]).write(into: &output)
      output.append(byte: 0x0A)
      return
    }
    var table = TextTable(columns: [
      .init("broker", .right), .init("api"), .init("min", .right), .init("max", .right), .init("used", .right),
    ])
    for broker in brokers {
      for api in broker.apis {
        table.append([
          "\(broker.broker.id)", api.name ?? "\(api.key)", "\(api.versions.lowerBound)", "\(api.versions.upperBound)",
          api.used.map { "\($0)" } ?? "-",
        ])
      }
    }
    table.append(to: &output, isTerminal: isTerminal)
  }

  private static func json(of broker: BrokerAPIs) -> JSONValue {
    .fields([
      ("id", .number(broker.broker.id)), ("host", .string(broker.broker.address.host)),
      ("port", .number(broker.broker.address.port)), ("told", .bool(broker.isTold)),
      ("error", .optional(broker.error?.reason)),
      (
        "apis",
        .array(
          broker.apis.map { api in
            .fields([
              ("key", .number(api.key)), ("name", .optional(api.name)), ("min", .number(api.versions.lowerBound)),
              ("max", .number(api.versions.upperBound)), ("used", .optional(api.used)),
            ])
          })
      ),
    ])
  }
}
