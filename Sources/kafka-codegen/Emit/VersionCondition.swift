import KafkaSchema

/// Swift conditions on `version`, given the versions that reach the code at all.
struct VersionCondition {
  let range: VersionRange?
  let outer: VersionRange

  /// Whether it holds for every version that gets there.
  var isAlways: Bool { range.map { $0.covers(outer) } ?? false }
  var isNever: Bool { range.flatMap { $0.intersection(outer) } == nil }

  /// The condition, or nil where it always holds.
  var text: String? {
    guard let range, !isNever else { return "false" }
    var parts: [String] = []
    if range.first > outer.first { parts.append("version >= \(range.first)") }
    if range.last < outer.last { parts.append("version <= \(range.last)") }
    return parts.isEmpty ? nil : parts.joined(separator: " && ")
  }

  /// The opposite, or nil where it never holds.
  var negatedText: String? {
    guard let range, !isAlways else { return nil }
    var parts: [String] = []
    if range.first > outer.first { parts.append("version < \(range.first)") }
    if range.last < outer.last { parts.append("version > \(range.last)") }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " || ")))"
  }
}
