/// Reads schema files; `Schemas/README.md` is their grammar.
package struct SchemaParser {
  let file: String

  /// Parses the text of one file.
  ///
  /// - Parameter file: The name that errors give.
  /// - Throws: The first thing wrong, with its line.
  package static func parse(_ text: String, file: String) throws(SchemaError) -> SchemaFile {
    try SchemaParser(file: file).parse(try SchemaLine.parse(text, file: file))
  }

  private func parse(_ lines: [SchemaLine]) throws(SchemaError) -> SchemaFile {
    var result = SchemaFile(name: file)
    for line in lines {
      switch line.words[0] {
      case "api": result.apis.append(try api(line))
      case "header": result.messages.append(try message(line, kind: .header))
      case "data": result.messages.append(try message(line, kind: .data))
      default: throw error(line, "'\(line.words[0])' where 'api', 'header' or 'data' should begin a message")
      }
    }
    return result
  }

  func error(_ line: SchemaLine, _ message: String) -> SchemaError {
    SchemaError(file: file, line: line.number, message: message)
  }

  private func api(_ line: SchemaLine) throws(SchemaError) -> APISchema {
    guard line.words.count == 3, let key = Int16(line.words[1]), key >= 0 else {
      throw error(line, "'api' takes a key and a name")
    }
    let name = line.words[2]
    let sections = try Sections(
      line, allowed: ["versions", "flexible", "listeners", "unstable", "request", "response"], in: self)
    let versions = try sections.versions(in: self)
    let flexible = try sections.flexible(within: versions, in: self)
    var unstable: Int16?
    if let words = sections.settings["unstable"]?.words {
      guard words.count == 2, let version = Int16(words[1]), version == versions.last else {
        throw error(line, "'unstable' takes the highest version")
      }
      unstable = version
    }
    func body(_ section: String, _ kind: MessageSchema.Kind, _ suffix: String) throws(SchemaError) -> MessageSchema {
      let section = try sections.required(section, in: self)
      return try MessageFields(parser: self, versions: versions, flexible: flexible)
        .message(section, kind: kind, name: name + suffix)
    }
    return APISchema(
      key: key, name: name, versions: versions, flexibleVersions: flexible,
      listeners: Array(sections.settings["listeners"]?.words.dropFirst() ?? []), unstableVersion: unstable,
      request: try body("request", .request(apiKey: key), "Request"),
      response: try body("response", .response(apiKey: key), "Response"))
  }

  private func message(_ line: SchemaLine, kind: MessageSchema.Kind) throws(SchemaError) -> MessageSchema {
    guard line.words.count == 2 else { throw error(line, "'\(line.words[0])' takes a name") }
    let sections = try Sections(line, allowed: ["versions", "flexible", "fields"], in: self)
    let versions = try sections.versions(in: self)
    let flexible = try sections.flexible(within: versions, in: self)
    return try MessageFields(parser: self, versions: versions, flexible: flexible)
      .message(try sections.required("fields", in: self), kind: kind, name: line.words[1])
  }
}

/// The lines below the name of an API or message, by their first word.
private struct Sections {
  let owner: SchemaLine
  var settings: [String: SchemaLine] = [:]

  init(_ owner: SchemaLine, allowed: [String], in parser: SchemaParser) throws(SchemaError) {
    self.owner = owner
    for line in owner.children {
      let word = line.words[0]
      guard allowed.contains(word) else { throw parser.error(line, "unknown section '\(word)'") }
      guard settings.updateValue(line, forKey: word) == nil else { throw parser.error(line, "a second '\(word)'") }
    }
  }

  func required(_ name: String, in parser: SchemaParser) throws(SchemaError) -> SchemaLine {
    guard let line = settings[name] else { throw parser.error(owner, "'\(owner.words.last ?? "")' has no '\(name)'") }
    return line
  }

  func versions(in parser: SchemaParser) throws(SchemaError) -> VersionRange {
    let line = try required("versions", in: parser)
    guard line.words.count == 2, let range = VersionRange(line.words[1], within: nil) else {
      throw parser.error(line, "'versions' takes a range such as 0-5")
    }
    return range
  }

  func flexible(within versions: VersionRange, in parser: SchemaParser) throws(SchemaError) -> VersionRange? {
    let line = try required("flexible", in: parser)
    if line.words.count == 2 {
      if line.words[1] == "none" { return nil }
      // The header rules and the generated code know one first flexible version, not an end.
      if let range = VersionRange(line.words[1], within: versions), range.last == versions.last { return range }
    }
    throw parser.error(line, "'flexible' takes a range such as 9+, or none")
  }
}
