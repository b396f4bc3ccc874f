import TestHarness

/// A text with places between `<!-- begin NAME -->` and `<!-- end NAME -->`, which are filled.
struct MarkedDocument {
  private var lines: [Substring]

  init(text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false) }

  var text: String { lines.joined(separator: "\n") }

  /// The names, in their order.
  var markers: [String] {
    lines.compactMap { line in
      line.hasPrefix("<!-- begin ") && line.hasSuffix(" -->") ? String(line.dropFirst(11).dropLast(4)) : nil
    }
  }

  mutating func fill(_ marker: String, with content: String) throws {
    guard let begin = lines.firstIndex(of: "<!-- begin \(marker) -->"),
      let end = lines.firstIndex(of: "<!-- end \(marker) -->"),
      begin < end
    else { throw Failure("'\(marker)' does not end") }
    let filling = "\n\(content)".split(separator: "\n", omittingEmptySubsequences: false)
    lines.replaceSubrange(begin + 1..<end, with: filling)
  }
}
