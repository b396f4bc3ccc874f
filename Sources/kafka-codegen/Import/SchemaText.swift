import KafkaSchema

/// Writes a message of the description as a section of a schema file.
struct SchemaText {
  let file: String
  let versions: VersionRange
  private(set) var lines: [String] = []
  private let sharedNames: [String]

  /// - Parameter title: The section's first line, `request` or the like.
  init(_ message: FactsMessage, title: String, file: String) throws {
    guard let versions = VersionRange(message.validVersions, within: nil) else {
      throw ToolError("\(message.name): versions \(message.validVersions)")
    }
    self.file = file
    self.versions = versions
    let structs = message.commonStructs ?? []
    sharedNames = structs.map(\.name)
    lines.append("  \(title)")
    for schema in try Self.inOrderOfUse(structs) {
      lines.append("    struct \(schema.name)")
      try add(schema.fields, indentation: 6, within: versions)
    }
    try add(message.fields, indentation: 4, within: versions)
  }

  /// Sorts structs so that each stands after those it is made of.
  private static func inOrderOfUse(_ structs: [FactsStruct]) throws -> [FactsStruct] {
    var rest = structs
    var sorted: [FactsStruct] = []
    func uses(_ fields: [FactsField], _ names: [String]) -> Bool {
      fields.contains { names.contains($0.elementType) || uses($0.fields ?? [], names) }
    }
    while !rest.isEmpty {
      let names = rest.map(\.name)
      guard let index = rest.firstIndex(where: { !uses($0.fields, names) }) else {
        throw ToolError("structs \(names) contain each other")
      }
      sorted.append(rest.remove(at: index))
    }
    return sorted
  }

  private mutating func add(_ fields: [FactsField], indentation: Int, within outer: VersionRange) throws {
    var structNames: Set<String> = []
    for field in fields {
      guard let versions = VersionRange(field.versions, within: self.versions)?.intersection(outer) else { continue }
      var typeName = field.elementType
      if field.fields != nil {
        let name = StructNaming.name(for: field)
        let isTaken = sharedNames.contains(name) || structNames.contains(name) || StructNaming.reserved.contains(name)
        typeName = isTaken ? field.elementType : name
        structNames.insert(typeName)
      } else if typeName == "int16" && field.name.hasSuffix("ErrorCode") {
        typeName = "errorCode"
      }
      let line = try text(of: field, typeName: typeName, versions: versions, outer: outer)
      lines.append(String(repeating: " ", count: indentation) + line)
      if let children = field.fields { try add(children, indentation: indentation + 2, within: versions) }
    }
  }

  private func text(
    of field: FactsField, typeName: String, versions: VersionRange, outer: VersionRange
  ) throws -> String {
    var type = field.isArray ? "[\(typeName)]" : typeName
    if let nullable = field.nullableVersions {
      guard let range = VersionRange(nullable, within: self.versions) else {
        throw ToolError("\(field.name): null in \(nullable)")
      }
      if let nullable = range.intersection(versions) {
        type += nullable == versions ? "?" : "?\(nullable.text(within: versions))"
      }
    }
    var words = [field.capitalizedName, type]
    if versions != outer { words.append(versions.text(within: outer)) }
    if let tag = field.tag {
      guard field.taggedVersions == field.versions else { throw ToolError("\(field.name): tagged in some versions") }
      words.append("tag \(tag)")
    }
    if let value = field.default, !(["0", "false", ""].contains(value) && field.nullableVersions == nil) {
      let isText = field.type == "string" && value != "null"
      words.append("= \(isText ? "\"\(value)\"" : value)")
    }
    if field.ignorable == true { words.append("ignorable") }
    if field.mapKey == true { words.append("key") }
    if field.flexibleVersions == "none" { words.append("fixed-length") }
    if let entity = field.entityType { words.append("entity \(entity)") }
    return words.joined(separator: " ")
  }
}
