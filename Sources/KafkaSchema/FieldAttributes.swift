/// The words of a field's line, before its type is looked up.
struct FieldAttributes {
  /// The type without its question mark.
  let typeName: Substring
  var versions: VersionRange
  var nullableVersions: VersionRange?
  var tag: Int?
  var defaultText: String?
  var isIgnorable = false
  var isMapKey = false
  var entity: String?
  var hasFixedLength = false

  /// Reads `NAME TYPE [VERSIONS] [word…]`.
  init(_ line: SchemaLine, within outer: VersionRange, in parser: SchemaParser) throws(SchemaError) {
    var words = line.words[2...]
    versions = outer
    if let word = words.first, let digit = word.first, digit.isNumber {
      guard let range = VersionRange(word, within: outer), outer.covers(range) else {
        throw parser.error(line, "versions \(word) are not within \(outer.text(within: outer))")
      }
      versions = range
      words.removeFirst()
    }

    let parts = line.words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    typeName = parts[0]
    if parts.count == 2 {
      nullableVersions = versions
      if !parts[1].isEmpty {
        guard let range = VersionRange(parts[1], within: versions), versions.covers(range) else {
          throw parser.error(line, "null in versions \(parts[1]), which are not versions of the field")
        }
        nullableVersions = range
      }
    }

    while let word = words.popFirst() {
      switch word {
      case "ignorable": isIgnorable = true
      case "key": isMapKey = true
      case "fixed-length": hasFixedLength = true
      case "tag":
        guard let number = words.popFirst().flatMap({ Int($0) }), 0...Int(Int32.max) ~= number else {
          throw parser.error(line, "'tag' takes a number")
        }
        tag = number
      case "entity":
        guard let name = words.popFirst() else { throw parser.error(line, "'entity' takes a name") }
        entity = name
      case "=":
        guard let text = words.popFirst() else { throw parser.error(line, "'=' takes a value") }
        defaultText = text
      default: throw parser.error(line, "unknown word '\(word)'")
      }
    }
  }
}
