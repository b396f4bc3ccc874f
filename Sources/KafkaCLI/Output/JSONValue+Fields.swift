import KafkaProtocol

extension JSONValue {
  /// An object with these members, in this order.
  static func fields(_ members: [(key: String, value: JSONValue)]) -> JSONValue {
    .object(members.map { JSONMember($0.key, $0.value) })
  }

  static func number(_ number: some BinaryInteger) -> JSONValue { .integer(Int64(clamping: number)) }

  /// The number, or null where there is none.
  static func optional(_ number: (some BinaryInteger)?) -> JSONValue { number.map { .number($0) } ?? .null }

  /// The text, or null where there is none.
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
