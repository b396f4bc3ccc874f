import KafkaSchema

/// Swift code about one field.
struct FieldEmitter {
  let field: FieldSchema
  /// The full name of the struct that has the field.
  let owner: String
  /// The versions in which the struct exists.
  let outer: VersionRange
  /// What `compact:` is given: `flexible`, `true` or `false`.
  let compact: String

  var property: String { SwiftName.property(field.name) }
  var isOptional: Bool { field.nullableVersions != nil }
  var versions: VersionCondition { VersionCondition(range: field.versions, outer: outer) }
  private var nullable: VersionCondition { VersionCondition(range: field.nullableVersions, outer: field.versions) }
  private var compactArgument: String { field.hasFixedLength ? "false" : (field.tag == nil ? compact : "true") }

  // MARK: Declaration

  var typeName: String { name(of: field.type) + (isOptional ? "?" : "") }

  private func name(of type: FieldType) -> String {
    switch type {
    case .bool: "Bool"
    case .int8: "Int8"
    case .int16: "Int16"
    case .uint16: "UInt16"
    case .int32: "Int32"
    case .uint32: "UInt32"
    case .int64: "Int64"
    case .float64: "Double"
    case .uuid: "UUID128"
    case .string: "String"
    case .bytes, .records: "Bytes"
    case .errorCode: "ErrorCode"
    case .array(let element): "[\(name(of: element))]"
    case .structure(let schema): schema.name
    }
  }

  var defaultText: String {
    switch field.defaultValue {
    case .null: return "nil"
    case .bool(let value): return "\(value)"
    case .integer(let value): return field.type == .errorCode ? "ErrorCode(rawValue: \(value))" : "\(value)"
    case .text(let text): return "\"\(text)\""
    case nil: break
    }
    switch field.type {
    case .bool: return "false"
    case .int8, .int16, .uint16, .int32, .uint32, .int64, .float64: return "0"
    case .uuid: return ".zero"
    case .string: return "\"\""
    case .bytes, .records: return ".empty"
    case .errorCode: return ".none"
    case .array: return "[]"
    case .structure: return "\(name(of: field.type))()"
    }
  }

  /// A condition that holds where the field has another value than its default.
  var isSetText: String {
    let value = "self.\(property)"
    if isOptional { return defaultText == ".empty" ? "\(value) != Bytes.empty" : "\(value) != \(defaultText)" }
    switch field.type {
    case .bool: return defaultText == "true" ? "!\(value)" : value
    case .string where defaultText == "\"\"", .array, .bytes, .records: return "!\(value).isEmpty"
    default: return "\(value) != \(defaultText)"
    }
  }

  /// A sentence on where the field is, or nil where there is nothing to say.
  var documentation: String? {
    var parts: [String] = []
    if !versions.isAlways {
      let range = field.versions
      if range.first == range.last {
        parts.append("version \(range.first)")
      } else {
        parts.append(
          range.last == outer.last ? "from version \(range.first) on" : "versions \(range.first) to \(range.last)")
      }
    }
    if let tag = field.tag { parts.append("tag \(tag)") }
    if let range = field.nullableVersions, !nullable.isAlways { parts.append("null from version \(range.first) on") }
    if !versions.isAlways && field.isIgnorable { parts.append("dropped elsewhere") }
    guard let first = parts.first else { return nil }
    parts[0] = first.prefix(1).uppercased() + first.dropFirst()
    return parts.joined(separator: "; ") + "."
  }

  // MARK: Reading

  /// An expression that reads the value in a version that has the field.
  var readExpression: String {
    var arguments: [String] = []
    let function: String
    switch field.type {
    case .bool: function = "bool"
    case .int8: function = "int8"
    case .int16: function = "int16"
    case .uint16: function = "uint16"
    case .int32: function = "int32"
    case .uint32: function = "uint32"
    case .int64: function = "int64"
    case .float64: function = "float64"
    case .uuid: function = "uuid"
    case .errorCode: function = "errorCode"
    case .string: function = isOptional ? "nullableString" : "string"
    case .bytes, .records: function = isOptional ? "nullableBytes" : "bytes"
    case .array(let element):
      let isStruct = element.structure != nil
      function = isStruct ? (isOptional ? "nullableArray" : "array") : (isOptional ? "nullableValues" : "values")
      arguments.append("of: \(name(of: element)).self")
      if isStruct { arguments.append("version: version") }
    case .structure:
      guard isOptional else { return "try \(name(of: field.type))(from: &reader, version: version)" }
      return "try reader.nullableStruct(of: \(name(of: field.type)).self, version: version)"
    }
    if hasLength {
      arguments.append("compact: \(compactArgument)")
      if isOptional, let condition = nullable.text { arguments.append("allowsNull: \(condition)") }
    }
    return "try reader.\(function)(\(arguments.joined(separator: ", ")))"
  }

  private var hasLength: Bool {
    switch field.type {
    case .string, .bytes, .records, .array: true
    default: false
    }
  }

  // MARK: Writing

  /// Statements that write the value in a version that has the field.
  func write(to text: inout SourceText) {
    let value = "self.\(property)"
    if isOptional, let condition = nullable.text {
      text.block("guard \(condition) || \(value) != nil else") {
        $0.line("throw .nullNotInVersion(field: \"\(owner).\(property)\", version: version)")
      }
    }
    switch field.type {
    case .bool, .int8, .int16, .uint16, .int32, .uint32, .int64, .float64, .uuid, .errorCode:
      text.line("writer.\(scalarFunction)(\(value))")
    case .string:
      text.line("try writer.\(isOptional ? "nullableString" : "string")(\(value), compact: \(compactArgument))")
    case .bytes:
      text.line("try writer.\(isOptional ? "nullableBytes" : "bytes")(\(value), compact: \(compactArgument))")
    case .records:
      text.line("try writer.\(isOptional ? "nullableRecords" : "records")(\(value), compact: \(compactArgument))")
    case .array(let element) where element.structure != nil:
      let function = isOptional ? "nullableArray" : "array"
      text.line("try writer.\(function)(\(value), version: version, compact: \(compactArgument))")
    case .array:
      text.line("try writer.\(isOptional ? "nullableValues" : "values")(\(value), compact: \(compactArgument))")
    case .structure where isOptional: text.line("try writer.nullableStruct(\(value), version: version)")
    case .structure: text.line("try \(value).encode(into: &writer, version: version)")
    }
  }

  private var scalarFunction: String {
    switch field.type {
    case .bool: "bool"
    case .int8: "int8"
    case .int16: "int16"
    case .uint16: "uint16"
    case .int32: "int32"
    case .uint32: "uint32"
    case .int64: "int64"
    case .float64: "float64"
    case .uuid: "uuid"
    default: "errorCode"
    }
  }
}
