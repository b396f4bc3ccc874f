/// Reads the generated text that describes a message's fields.
///
/// A line is `NAME TYPE FIRST-LAST` and words: `?FIRST-LAST` where it may be null, `tN` its tag, `=VALUE` its default,
/// `~` if it may be dropped, `fixed` if its length stays an int16. TYPE is a number's kind and bits (`i32`, `u16`,
/// `f64`), `bool`, `uuid`, `string`, `bytes` or `struct`, after `[]` for an array. The fields of a struct follow it,
/// one space further in. The text is the generator's, so what is wrong in it is a mistake of ours.
struct FieldLayoutParser {
  private var lines: ArraySlice<Substring>

  private init(_ text: String) { lines = text.split(separator: "\n")[...] }

  static func parse(_ text: String) -> [FieldLayout] {
    var parser = FieldLayoutParser(text)
    return parser.fields(depth: 0)
  }

  private mutating func fields(depth: Int) -> [FieldLayout] {
    var fields: [FieldLayout] = []
    while let line = lines.first, line.prefix(while: { $0 == " " }).count == depth {
      lines.removeFirst()
      let children = self.fields(depth: depth + 1)
      fields.append(Self.field(line.split(separator: " "), children: children))
    }
    return fields
  }

  private static func field(_ words: [Substring], children: [FieldLayout]) -> FieldLayout {
    precondition(words.count >= 3, "a field without versions")
    let isArray = words[1].hasPrefix("[]")
    let element = element(isArray ? words[1].dropFirst(2) : words[1], children: children)
    var nullable: ClosedRange<Int16>?
    var tag: UInt32?
    var defaultText: Substring?
    var isIgnorable = false
    var hasFixedLength = false
    for word in words[3...] {
      switch word.first {
      case "?": nullable = range(word.dropFirst())
      case "t": tag = UInt32(word.dropFirst())
      case "=": defaultText = word.dropFirst()
      case "~": isIgnorable = true
      default: hasFixedLength = word == "fixed"
      }
    }
    return FieldLayout(
      name: String(words[0]), element: element, isArray: isArray, versions: range(words[2]),
      nullableVersions: nullable, tag: tag, defaultValue: defaultValue(defaultText, element, isArray: isArray),
      isIgnorable: isIgnorable, hasFixedLength: hasFixedLength, smallestElement: max(smallestSize(element), 1))
  }

  private static func range(_ text: Substring) -> ClosedRange<Int16> {
    let ends = text.split(separator: "-").compactMap { Int16($0) }
    precondition(ends.count == 2, "malformed versions \(text)")
    return ends[0]...ends[1]
  }

  private static func element(_ name: Substring, children: [FieldLayout]) -> FieldLayout.Element {
    switch name {
    case "bool": .bool
    case "i8": .int8
    case "i16": .int16
    case "u16": .uint16
    case "i32": .int32
    case "u32": .uint32
    case "i64": .int64
    case "f64": .float64
    case "uuid": .uuid
    case "string": .string
    case "bytes": .bytes
    case "struct": .structure(children)
    default: preconditionFailure("unknown type \(name)")
    }
  }

  /// The default in its JSON form. That of a struct is an object whose missing members have their own defaults.
  private static func defaultValue(_ text: Substring?, _ element: FieldLayout.Element, isArray: Bool) -> JSONValue {
    if text == "null" { return .null }
    if isArray { return .array([]) }
    switch element {
    case .bool: return .bool(text == "true")
    case .int8, .int16, .uint16, .int32, .uint32, .int64: return .integer(text.flatMap { Int64($0) } ?? 0)
    case .float64: return .number(0)
    case .uuid: return .string(UUID128.zero.description)
    case .string: return .string(text.map { String($0) } ?? "")
    case .bytes: return .string("")
    case .structure(let fields):
      return .object(fields.filter { $0.tag == nil }.map { JSONMember($0.name, $0.defaultValue) })
    }
  }

  private static func smallestSize(_ element: FieldLayout.Element) -> Int {
    switch element {
    case .bool, .int8, .string, .bytes: 1
    case .int16, .uint16: 2
    case .int32, .uint32: 4
    case .int64, .float64: 8
    case .uuid: 16
    case .structure(let fields): fields.filter(isAlwaysThere(among: fields)).reduce(0) { $0 + smallestSize($1) }
    }
  }

  private static func smallestSize(_ field: FieldLayout) -> Int {
    let hasMarker = field.structFields != nil && field.nullableVersions != nil
    return field.isArray || hasMarker ? 1 : smallestSize(field.element)
  }

  /// Whether a field is in all versions that any field of its struct is in.
  private static func isAlwaysThere(among fields: [FieldLayout]) -> (FieldLayout) -> Bool {
    let first = fields.map(\.versions.lowerBound).min() ?? 0
    let last = fields.map(\.versions.upperBound).max() ?? 0
    return { $0.tag == nil && $0.versions.contains(first) && $0.versions.contains(last) }
  }
}
