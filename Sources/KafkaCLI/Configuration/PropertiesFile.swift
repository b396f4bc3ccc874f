/// What stands in a file of properties.
package struct PropertiesFile: Hashable, Sendable {
  /// One setting, as it is written there.
  package struct Entry: Hashable, Sendable {
    /// The section it is in; nothing before the first section.
    package var profile: String?
    package var key: String
    package var value: String
    /// The line where it begins, from 1.
    package var line: Int
  }

  /// The file's name, for messages.
  package let name: String
  package private(set) var entries: [Entry] = []
  /// The names of the sections in their order, each once.
  package private(set) var profiles: [String] = []

  /// Reads the contents of a file.
  ///
  /// The rules are those of Java's `Properties.load`: comments begin with `#` or `!`, the first `=`, `:` or blank that
  /// is not escaped ends a key, a backslash at the end of a line joins the next one to it, and `\t`, `\n`, `\r`, `\f`
  /// and `\u` with four digits are escapes. Beyond them, lines of the form `[profile NAME]` begin a section, text is UTF-8, and
  /// blanks at the end of a value do not count, as neither client makes anything of them.
  ///
  /// - Throws: For what is no text, a wrong escape, a wrong section, or a line of more than 64 KiB.
  package init(name: String, contents: [UInt8]) throws(UsageError) {
    self.name = name
    var lines = PropertyLines(contents, file: name)
    var profile: String?
    var known: Set<String> = []
    while let line = try lines.next() {
      do throws(UsageError) {
        if line.bytes.first == UInt8(ascii: "[") {
          let section = try Self.section(line.bytes)
          profile = section
          if known.insert(section).inserted { profiles.append(section) }
        } else {
          let (key, value) = try PropertyText.split(line.bytes)
          entries.append(Entry(profile: profile, key: key, value: value, line: line.number))
        }
      } catch {
        throw error.at("\(name):\(line.number)")
      }
    }
  }

  private static func section(_ line: [UInt8]) throws(UsageError) -> String {
    let prefix = Array("[profile".utf8)
    let end = line.lastIndex { !PropertyText.isBlank($0) }
    guard let end, line[end] == UInt8(ascii: "]"), line.starts(with: prefix) else {
      throw UsageError("a section is written [profile NAME]")
    }
    let inside = line[prefix.count..<end]
    let name = inside.drop(while: PropertyText.isBlank).reversed().drop(while: PropertyText.isBlank).reversed()
    guard inside.first.map(PropertyText.isBlank) == true, !name.isEmpty else {
      throw UsageError("the profile has no name", advice: "write [profile NAME]")
    }
    return try PropertyText.text(Array(name))
  }
}
