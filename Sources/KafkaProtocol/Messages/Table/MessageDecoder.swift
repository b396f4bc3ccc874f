package import Buffers

/// Reads any version of any message into JSON.
///
/// Takes about a hundred bytes of memory for a byte of input at worst, where all elements are as small as they can be.
/// The depth of recursion is that of the message's schema.
package struct MessageDecoder {
  private var reader: WireReader
  private let version: Int16
  private let isFlexible: Bool
  private var path = ValuePath()
  private var unknown: [UnknownTaggedField] = []

  private init(_ bytes: Bytes, version: Int16, isFlexible: Bool) {
    self.reader = WireReader(bytes)
    self.version = version
    self.isFlexible = isFlexible
  }

  /// Decodes a message from its body alone.
  ///
  /// - Throws: ``WireError/leftoverBytes(count:)`` where the message ends before the bytes do.
  package static func decode(
    _ message: MessageDescription, from bytes: Bytes, version: Int16
  ) throws(WireError) -> MessageValue {
    guard message.versions.contains(version) else {
      throw .unsupportedVersion(message: message.name, version: version)
    }
    var decoder = MessageDecoder(bytes, version: version, isFlexible: message.isFlexible(version))
    let fields = try decoder.structure(FieldLayoutCache.fields(of: message))
    guard decoder.reader.bytesLeft == 0 else { throw .leftoverBytes(count: decoder.reader.bytesLeft) }
    return MessageValue(fields: fields, unknownTaggedFields: decoder.unknown)
  }

  private mutating func structure(_ fields: [FieldLayout]) throws(WireError) -> JSONValue {
    var members: [JSONMember] = []
    for field in fields where field.tag == nil && field.versions.contains(version) {
      members.append(JSONMember(field.name, try value(field)))
    }
    if isFlexible {
      // The wire has them by tag at the end, JSON in their places among the others.
      let tagged = try taggedFields(fields).sorted { $0.index < $1.index }
      for (count, item) in tagged.enumerated() {
        let before = fields[..<item.index].count { $0.tag == nil && $0.versions.contains(version) }
        members.insert(JSONMember(fields[item.index].name, item.value), at: before + count)
      }
    }
    return .object(members)
  }

  /// Reads a tagged section: the values that are not defaults, each with its field's place in the schema.
  private mutating func taggedFields(
    _ fields: [FieldLayout]
  ) throws(WireError) -> [(index: Int, value: JSONValue)] {
    var values: [(index: Int, value: JSONValue)] = []
    var sectionPath: String?
    var previous: Int64 = -1
    for _ in 0..<(try reader.taggedFieldCount()) {
      let tagged = try reader.beginTaggedField(after: previous)
      if let index = fields.firstIndex(where: { $0.tag == tagged.tag && $0.versions.contains(version) }) {
        let value = try value(fields[index])
        if value != fields[index].defaultValue { values.append((index: index, value: value)) }
      } else {
        let bytes = reader.bytes[reader.position..<reader.end]
        // One text for all of a section's fields: there may be one for every two bytes.
        let text = sectionPath ?? path.text()
        sectionPath = text
        unknown.append(UnknownTaggedField(path: text, tag: tagged.tag, bytes: bytes))
        reader.skipTaggedField()
      }
      try reader.endTaggedField(tagged)
      previous = Int64(tagged.tag)
    }
    return values
  }

  private mutating func value(_ field: FieldLayout) throws(WireError) -> JSONValue {
    path.enter(field.name)
    defer { path.leave() }
    let allowsNull = field.allowsNull(version)
    let isCompact = isFlexible && !field.hasFixedLength
    guard field.isArray else {
      if field.structFields != nil && allowsNull {
        guard try reader.isPresent() else { return .null }
      }
      return try element(field, isCompact: isCompact, allowsNull: allowsNull)
    }
    let count = try reader.nullableArrayCount(
      compact: isCompact, elementSize: field.smallestElement, allowsNull: allowsNull)
    guard let count else { return .null }
    var elements: [JSONValue] = []
    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<JSONValue>.stride))
    for index in 0..<count {
      path.enter(index)
      elements.append(try element(field, isCompact: isCompact, allowsNull: false))
      path.leave()
    }
    return .array(elements)
  }

  private mutating func element(
    _ field: FieldLayout, isCompact: Bool, allowsNull: Bool
  ) throws(WireError) -> JSONValue {
    switch field.element {
    case .bool: return .bool(try reader.bool())
    case .int8: return .integer(Int64(try reader.int8()))
    case .int16: return .integer(Int64(try reader.int16()))
    case .uint16: return .integer(Int64(try reader.uint16()))
    case .int32: return .integer(Int64(try reader.int32()))
    case .uint32: return .integer(Int64(try reader.uint32()))
    case .int64: return .integer(try reader.int64())
    case .float64:
      let value = try reader.float64()
      return value.isFinite ? .number(value) : .string(NonFiniteNumber.name(of: value))
    case .uuid: return .string(try reader.uuid().description)
    case .string:
      let value = try reader.nullableString(compact: isCompact, allowsNull: allowsNull)
      return value.map { .string($0) } ?? .null
    case .bytes:
      let value = try reader.nullableBytes(compact: isCompact, allowsNull: allowsNull)
      return value.map { .string(Base64.standard.encode($0.array)) } ?? .null
    case .structure(let fields): return try structure(fields)
    }
  }
}
