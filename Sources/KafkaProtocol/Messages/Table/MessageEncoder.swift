package import Buffers

/// Writes any version of any message from JSON.
package struct MessageEncoder: ~Copyable {
  private var writer = WireWriter()
  private let message: MessageDescription
  private let version: Int16
  private let isFlexible: Bool
  private var path = ValuePath()
  /// The unknown tagged fields not written yet, by the path of their struct.
  private var unknown: [String: [UnknownTaggedField]]

  private init(_ message: MessageDescription, version: Int16, unknown: [UnknownTaggedField]) {
    self.message = message
    self.version = version
    self.isFlexible = message.isFlexible(version)
    self.unknown = Dictionary(grouping: unknown, by: \.path)
  }

  /// Encodes a message's body alone.
  ///
  /// A member that is missing has its field's default. One that the version lacks is dropped where it is null, has the
  /// field's default or may be dropped, and refused elsewhere.
  package static func encode(
    _ message: MessageDescription, _ value: MessageValue, version: Int16
  ) throws(MessageValueError) -> Bytes {
    guard message.versions.contains(version) else {
      throw .wire(.unsupportedVersion(message: message.name, version: version))
    }
    var encoder = MessageEncoder(message, version: version, unknown: value.unknownTaggedFields)
    try encoder.structure(FieldLayoutCache.fields(of: message), value.fields)
    if let left = encoder.unknown.values.first?.first {
      throw .misplacedTaggedField(path: left.path, tag: left.tag)
    }
    return encoder.finish()
  }

  private consuming func finish() -> Bytes {
    // Bytes and records are copied here, so all is in one segment.
    writer.finish().first ?? .empty
  }

  private func wrongType(_ expected: String) -> MessageValueError {
    .wrongType(path: path.text(), expected: expected)
  }

  /// Turns what the writer refuses into an error of this codec.
  private mutating func wire(
    _ body: (inout WireWriter) throws(WireError) -> Void
  ) throws(MessageValueError) {
    do {
      try body(&writer)
    } catch {
      throw .wire(error)
    }
  }

  // MARK: Structs

  private mutating func structure(_ fields: [FieldLayout], _ value: JSONValue) throws(MessageValueError) {
    guard case .object(let members) = value else { throw wrongType("an object") }
    let values = try self.values(members, of: fields)
    for (index, field) in fields.enumerated() where field.tag == nil {
      if field.versions.contains(version) {
        try self.value(field, values[index] ?? field.defaultValue)
      } else {
        try checkDroppable(field, values[index])
      }
    }
    if isFlexible {
      try taggedFields(fields, values)
    } else {
      for (index, field) in fields.enumerated() where field.tag != nil { try checkDroppable(field, values[index]) }
    }
  }

  /// The values of the fields, in their order; nil where the object has none.
  private func values(
    _ members: [JSONMember], of fields: [FieldLayout]
  ) throws(MessageValueError) -> [JSONValue?] {
    var values = [JSONValue?](repeating: nil, count: fields.count)
    for member in members {
      guard let index = fields.firstIndex(where: { $0.name.utf8.elementsEqual(member.key.utf8) }) else {
        throw .unknownField(path: path.text(member.key))
      }
      guard values[index] == nil else { throw .duplicateField(path: path.text(member.key)) }
      values[index] = member.value
    }
    return values
  }

  private func checkDroppable(_ field: FieldLayout, _ value: JSONValue?) throws(MessageValueError) {
    guard let value, value != field.defaultValue, value != .null, !field.isIgnorable else { return }
    throw .wire(.fieldNotInVersion(field: path.text(field.name), version: version))
  }

  private mutating func taggedFields(
    _ fields: [FieldLayout], _ values: [JSONValue?]
  ) throws(MessageValueError) {
    var known: [(tag: UInt32, field: FieldLayout, value: JSONValue)] = []
    for (index, field) in fields.enumerated() {
      guard let tag = field.tag else { continue }
      if !field.versions.contains(version) {
        try checkDroppable(field, values[index])
      } else if let value = values[index], value != field.defaultValue {
        known.append((tag: tag, field: field, value: value))
      }
    }
    known.sort { $0.tag < $1.tag }
    var others: ArraySlice<UnknownTaggedField> = []
    if !unknown.isEmpty { others = (unknown.removeValue(forKey: path.text()) ?? []).sorted { $0.tag < $1.tag }[...] }

    writer.uvarint(UInt32(known.count + others.count))
    var previous: Int64 = -1
    for item in known {
      while let other = others.first, other.tag < item.tag {
        try self.unknown(others.removeFirst(), after: &previous)
      }
      let field = writer.beginTaggedField(item.tag)
      try value(item.field, item.value)
      writer.endTaggedField(field)
      previous = Int64(item.tag)
    }
    for other in others { try self.unknown(other, after: &previous) }
  }

  private mutating func unknown(
    _ field: UnknownTaggedField, after previous: inout Int64
  ) throws(MessageValueError) {
    guard Int64(field.tag) > previous else { throw .misplacedTaggedField(path: field.path, tag: field.tag) }
    previous = Int64(field.tag)
    writer.uvarint(field.tag)
    writer.uvarint(UInt32(field.bytes.count))
    writer.raw(field.bytes)
  }

  // MARK: Values

  private mutating func value(_ field: FieldLayout, _ value: JSONValue) throws(MessageValueError) {
    path.enter(field.name)
    defer { path.leave() }
    let isCompact = isFlexible && !field.hasFixedLength
    if case .null = value {
      guard field.allowsNull(version) else {
        throw .wire(.nullNotInVersion(field: path.text(), version: version))
      }
      return writeNull(field, isCompact: isCompact)
    }
    guard field.isArray else {
      if field.structFields != nil && field.allowsNull(version) { writer.isPresent(true) }
      return try element(field, value, isCompact: isCompact)
    }
    guard case .array(let elements) = value else { throw wrongType("an array") }
    try wire { writer throws(WireError) in try writer.count(elements.count, compact: isCompact) }
    for (index, item) in elements.enumerated() {
      path.enter(index)
      try element(field, item, isCompact: isCompact)
      path.leave()
    }
  }

  private mutating func writeNull(_ field: FieldLayout, isCompact: Bool) {
    if field.isArray { return writer.null(compact: isCompact) }
    switch field.element {
    case .structure: writer.isPresent(false)
    case .string where !isCompact: writer.int16(-1)
    default: writer.null(compact: isCompact)
    }
  }

  private mutating func element(
    _ field: FieldLayout, _ value: JSONValue, isCompact: Bool
  ) throws(MessageValueError) {
    switch field.element {
    case .bool:
      guard case .bool(let value) = value else { throw wrongType("true or false") }
      writer.bool(value)
    case .int8: writer.int8(try integer(value))
    case .int16: writer.int16(try integer(value))
    case .uint16: writer.uint16(try integer(value))
    case .int32: writer.int32(try integer(value))
    case .uint32: writer.uint32(try integer(value))
    case .int64: writer.int64(try integer(value))
    case .float64: writer.float64(try number(value))
    case .uuid:
      guard let value = UUID128(text: try text(value)) else { throw .invalidValue(path: path.text()) }
      writer.uuid(value)
    case .string:
      let text = try text(value)
      try wire { writer throws(WireError) in try writer.string(text, compact: isCompact) }
    case .bytes:
      guard let bytes = Base64.standard.decode(try text(value)) else { throw .invalidValue(path: path.text()) }
      try wire { writer throws(WireError) in try writer.bytes(Bytes(copying: bytes), compact: isCompact) }
    case .structure(let fields): try structure(fields, value)
    }
  }

  private func integer<Value: FixedWidthInteger>(_ value: JSONValue) throws(MessageValueError) -> Value {
    guard case .integer(let value) = value else { throw wrongType("an integer") }
    guard let exact = Value(exactly: value) else { throw .invalidValue(path: path.text()) }
    return exact
  }

  private func number(_ value: JSONValue) throws(MessageValueError) -> Double {
    switch value {
    case .number(let value): return value
    case .integer(let value): return Double(value)
    case .string(let name):
      guard let value = NonFiniteNumber.named(name) else { throw wrongType("a number") }
      return value
    default: throw wrongType("a number")
    }
  }

  private func text(_ value: JSONValue) throws(MessageValueError) -> String {
    guard case .string(let text) = value else { throw wrongType("a text") }
    return text
  }
}
