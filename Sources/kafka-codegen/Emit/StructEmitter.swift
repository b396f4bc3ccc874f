import KafkaSchema

/// Swift code for the fields of one message or struct, and the structs nested in it.
struct StructEmitter {
  let schema: StructSchema
  /// The full Swift name.
  let name: String
  let message: MessageSchema
  /// The versions in which the struct exists.
  let versions: VersionRange

  private var isMessage: Bool { name == message.name }
  private var flexible: VersionCondition { VersionCondition(range: message.flexibleVersions, outer: versions) }
  private var compact: String { flexible.isAlways ? "true" : (flexible.isNever ? "false" : "flexible") }
  private var taggedFields: [FieldEmitter] {
    fields.filter { $0.field.tag != nil }.sorted { ($0.field.tag ?? 0) < ($1.field.tag ?? 0) }
  }
  private var plainFields: [FieldEmitter] { fields.filter { $0.field.tag == nil } }

  private var fields: [FieldEmitter] {
    schema.fields.map {
      FieldEmitter(field: $0, owner: name, outer: versions, compact: compact)
    }
  }

  /// Adds properties, initializers, codec and nested structs: all that stands between the braces.
  func body(to text: inout SourceText) {
    for field in fields {
      if let documentation = field.documentation { text.line("/// \(documentation)") }
      text.line("package var \(field.property): \(field.typeName)")
    }
    text.line()
    memberwise(to: &text)
    text.line()
    decoder(to: &text)
    text.line()
    encoder(to: &text)
    if isMessage {
      for shared in message.sharedStructs { nested(shared, versions: message.versions, to: &text) }
    }
    for field in schema.fields {
      guard let structure = field.type.structure, !structure.isShared else { continue }
      nested(structure, versions: field.versions, to: &text)
    }
  }

  private func nested(_ structure: StructSchema, versions: VersionRange, to text: inout SourceText) {
    let emitter = StructEmitter(
      schema: structure, name: "\(name).\(structure.name)", message: message, versions: versions)
    text.line()
    text.block("package struct \(structure.name): WireStruct") {
      let size = (versions.first...versions.last)
        .map { structure.smallestSize(version: $0, isFlexible: message.isFlexible($0)) }.min()
      $0.line("static var smallestSize: Int { \(size ?? 0) }")
      $0.line()
      emitter.body(to: &$0)
    }
  }

  private func memberwise(to text: inout SourceText) {
    guard !fields.isEmpty else { return text.line("package init() {}") }
    text.line("package init(")
    text.indented { text in
      for (index, field) in fields.enumerated() {
        let comma = index + 1 < fields.count ? "," : ""
        text.line("\(field.property): \(field.typeName) = \(field.defaultText)\(comma)")
      }
    }
    text.block(")") { text in
      for field in fields { text.line("self.\(field.property) = \(field.property)") }
    }
  }

  /// A line that binds `flexible` where the code below needs it.
  private func bindFlexible(to text: inout SourceText) {
    guard compact == "flexible", let condition = flexible.text else { return }
    text.line("let flexible = \(condition)")
  }

  private func decoder(to text: inout SourceText) {
    text.block("package init(from reader: inout WireReader, version: Int16) throws(WireError)") { text in
      if isMessage { text.line("try Self.checkVersion(version)") }
      bindFlexible(to: &text)
      text.line("self.init()")
      for field in plainFields {
        text.block(if: field.versions.text) { $0.line("self.\(field.property) = \(field.readExpression)") }
      }
      guard !flexible.isNever else { return }
      text.block(if: compact == "true" ? nil : "flexible") { text in
        guard !taggedFields.isEmpty else { return text.line("try reader.skipTaggedFields()") }
        text.line("var previous: Int64 = -1")
        text.block("for _ in 0..<(try reader.taggedFieldCount())") { text in
          text.line("let field = try reader.beginTaggedField(after: previous)")
          text.line("switch field.tag {")
          for field in taggedFields {
            let condition = field.versions.text.map { " where \($0)" } ?? ""
            text.line("case \(field.field.tag ?? 0)\(condition):")
            text.indented { $0.line("self.\(field.property) = \(field.readExpression)") }
          }
          text.line("default: reader.skipTaggedField()")
          text.line("}")
          text.line("try reader.endTaggedField(field)")
          text.line("previous = Int64(field.tag)")
        }
      }
    }
  }

  private func encoder(to text: inout SourceText) {
    text.block("package func encode(into writer: inout WireWriter, version: Int16) throws(WireError)") { text in
      if isMessage { text.line("try Self.checkVersion(version)") }
      bindFlexible(to: &text)
      for field in plainFields { write(field, to: &text) }
      for field in taggedFields where !field.field.isIgnorable {
        guard let outside = field.versions.negatedText else { continue }
        text.block("if \(outside) && \(field.isSetText)") { refuse(field, to: &$0) }
      }
      guard !flexible.isNever else { return }
      text.block(if: compact == "true" ? nil : "flexible") { writeTaggedFields(to: &$0) }
    }
  }

  private func write(_ field: FieldEmitter, to text: inout SourceText) {
    guard let condition = field.versions.text else { return field.write(to: &text) }
    text.line("if \(condition) {")
    text.indented { field.write(to: &$0) }
    if !field.field.isIgnorable {
      text.line("} else if \(field.isSetText) {")
      text.indented { refuse(field, to: &$0) }
    }
    text.line("}")
  }

  private func refuse(_ field: FieldEmitter, to text: inout SourceText) {
    text.line("throw .fieldNotInVersion(field: \"\(name).\(field.property)\", version: version)")
  }

  private func writeTaggedFields(to text: inout SourceText) {
    guard !taggedFields.isEmpty else { return text.line("writer.uvarint(0)") }
    text.line("var count: UInt32 = 0")
    for field in taggedFields {
      let condition = field.versions.text.map { "\($0) && " } ?? ""
      text.line("let has\(field.field.name) = \(condition)\(field.isSetText)")
      text.line("if has\(field.field.name) { count += 1 }")
    }
    text.line("writer.uvarint(count)")
    for field in taggedFields {
      text.block("if has\(field.field.name)") { text in
        text.line("let field = writer.beginTaggedField(\(field.field.tag ?? 0))")
        field.write(to: &text)
        text.line("writer.endTaggedField(field)")
      }
    }
  }
}
