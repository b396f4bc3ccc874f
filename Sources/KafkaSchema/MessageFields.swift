/// Reads the fields of one message.
struct MessageFields {
  let parser: SchemaParser
  let versions: VersionRange
  let flexible: VersionRange?
  /// The structs named so far; a struct stands before the fields and structs that name it, so none contains itself.
  private var shared: [StructSchema] = []

  init(parser: SchemaParser, versions: VersionRange, flexible: VersionRange?) {
    self.parser = parser
    self.versions = versions
    self.flexible = flexible
  }

  consuming func message(
    _ section: SchemaLine, kind: MessageSchema.Kind, name: String
  ) throws(SchemaError) -> MessageSchema {
    var fieldLines: [SchemaLine] = []
    for line in section.children {
      if line.words[0] == "struct" {
        guard line.words.count == 2 else { throw parser.error(line, "'struct' takes a name") }
        let name = line.words[1]
        guard !shared.contains(where: { $0.name == name }) else {
          throw parser.error(line, "a second struct '\(name)'")
        }
        shared.append(
          StructSchema(name: name, isShared: true, fields: try fields(line.children, of: name, within: versions)))
      } else {
        fieldLines.append(line)
      }
    }
    return MessageSchema(
      kind: kind, name: name, versions: versions, flexibleVersions: flexible,
      body: StructSchema(name: name, isShared: false, fields: try fields(fieldLines, of: name, within: versions)),
      sharedStructs: shared)
  }

  private func fields(
    _ lines: [SchemaLine], of owner: String, within versions: VersionRange
  ) throws(SchemaError) -> [FieldSchema] {
    var fields: [FieldSchema] = []
    for line in lines {
      let field = try field(line, within: versions)
      if fields.contains(where: { $0.name == field.name }) {
        throw parser.error(line, "a second field '\(field.name)' in '\(owner)'")
      }
      if let tag = field.tag, fields.contains(where: { $0.tag == tag }) {
        throw parser.error(line, "a second field with tag \(tag) in '\(owner)'")
      }
      fields.append(field)
    }
    return fields
  }

  private func field(_ line: SchemaLine, within outer: VersionRange) throws(SchemaError) -> FieldSchema {
    guard line.words.count >= 2 else { throw parser.error(line, "a field takes a name and a type") }
    let name = line.words[0]
    guard let initial = name.utf8.first, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= initial else {
      throw parser.error(line, "field name '\(name)' does not begin with a capital letter")
    }
    let attributes = try FieldAttributes(line, within: outer, in: parser)
    let type = try type(attributes.typeName, line: line, within: attributes.versions)
    if attributes.nullableVersions != nil && !type.canBeNull {
      throw parser.error(line, "'\(attributes.typeName)' has no null")
    }
    if case .structure = type, let nullable = attributes.nullableVersions, nullable != attributes.versions {
      throw parser.error(line, "a struct that may be null may be so in all versions that have it")
    }
    if attributes.tag != nil {
      // A record set is sent by reference, which leaves no place to put the size before it.
      if type == .records { throw parser.error(line, "records cannot be a tagged field") }
      guard let flexible, flexible.covers(attributes.versions) else {
        throw parser.error(line, "tagged field '\(name)' in versions that are not flexible")
      }
    }
    var value: DefaultValue?
    if let text = attributes.defaultText {
      value = DefaultValue(text, for: type)
      guard let value else { throw parser.error(line, "\(text) is no default for '\(attributes.typeName)'") }
      if value == .null && attributes.nullableVersions == nil {
        throw parser.error(line, "null as the default of '\(name)', which is never null")
      }
    }
    return FieldSchema(
      name: name, type: type, versions: attributes.versions, nullableVersions: attributes.nullableVersions,
      tag: attributes.tag, defaultValue: value, isIgnorable: attributes.isIgnorable, isMapKey: attributes.isMapKey,
      entity: attributes.entity, hasFixedLength: attributes.hasFixedLength)
  }

  private func type(
    _ name: Substring, line: SchemaLine, within versions: VersionRange
  ) throws(SchemaError) -> FieldType {
    if name.first == "[" {
      guard name.last == "]" else { throw parser.error(line, "'\(name)' lacks its closing bracket") }
      let elementName = name.dropFirst().dropLast()
      if elementName.first == "[" { throw parser.error(line, "an array of arrays") }
      let element = try type(elementName, line: line, within: versions)
      try checkSize(of: element, name: elementName, line: line, within: versions)
      return .array(element)
    }
    if let scalar = FieldType(scalar: name) {
      guard line.children.isEmpty else { throw parser.error(line.children[0], "a field below a '\(name)'") }
      return scalar
    }
    if !line.children.isEmpty {
      // Swift would take the inner struct for the shared one.
      guard !shared.contains(where: { $0.name == name }) else {
        throw parser.error(line, "a second struct '\(name)'")
      }
      let fields = try fields(line.children, of: String(name), within: versions)
      return .structure(StructSchema(name: String(name), isShared: false, fields: fields))
    }
    guard let schema = shared.first(where: { $0.name == name }) else {
      throw parser.error(line, "no type or struct '\(name)'; a struct stands before what names it")
    }
    return .structure(schema)
  }

  /// Refuses arrays whose elements may take no bytes: any count of them would pass for a few bytes of input.
  private func checkSize(
    of element: FieldType, name: Substring, line: SchemaLine, within versions: VersionRange
  ) throws(SchemaError) {
    for version in versions.first...versions.last {
      let isFlexible = flexible?.contains(version) ?? false
      if element.smallestSize(version: version, isFlexible: isFlexible) == 0 {
        throw parser.error(line, "elements '\(name)' take no bytes in version \(version)")
      }
    }
  }
}
