/// The value of a field that nothing sets.
package enum DefaultValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case text(String)

  /// Parses what follows `=` in a schema file.
  ///
  /// - Returns: Nil where it is no value of `type`, or null for a type that has none.
  init?(_ text: String, for type: FieldType) {
    if text == "null" {
      guard type.canBeNull else { return nil }
      self = .null
      return
    }
    switch type {
    case .bool:
      guard let value = Bool(text) else { return nil }
      self = .bool(value)
    case .int8, .int16, .uint16, .int32, .uint32, .int64, .errorCode:
      guard let value = Int64(text), Self.range(of: type).contains(value) else { return nil }
      self = .integer(value)
    case .string:
      guard text.count >= 2, text.first == "\"", text.last == "\"", !text.contains(" ") else { return nil }
      self = .text(String(text.dropFirst().dropLast()))
    default: return nil
    }
  }

  private static func range(of type: FieldType) -> ClosedRange<Int64> {
    switch type {
    case .int8: Int64(Int8.min)...Int64(Int8.max)
    case .int16, .errorCode: Int64(Int16.min)...Int64(Int16.max)
    case .uint16: 0...Int64(UInt16.max)
    case .int32: Int64(Int32.min)...Int64(Int32.max)
    case .uint32: 0...Int64(UInt32.max)
    default: Int64.min...Int64.max
    }
  }
}
