package import KafkaSchema

/// The package whose schemas become Swift files.
package struct SchemaPackage {
  /// The folder of Package.swift.
  package let root: String

  package init(root: String) { self.root = root }

  private var generatedFolder: String { "\(root)/Sources/KafkaProtocol/Messages/Generated" }

  /// Reads and parses all schema files, in the order of their names.
  package func schemas() throws -> [SchemaFile] {
    var files: [SchemaFile] = []
    for name in try Files.list("\(root)/Schemas", suffix: ".schema") {
      files.append(try SchemaParser.parse(try Files.read("\(root)/Schemas/\(name)"), file: "Schemas/\(name)"))
    }
    return files
  }

  /// Generates every file, name to text.
  package func generate() throws -> [String: String] {
    let schemas = try schemas()
    var files: [String: String] = [:]
    let typed = try TypedAPIList.parse(try Files.read("\(root)/Schemas/typed.list"), file: "Schemas/typed.list")
    for (name, line) in typed.apis {
      guard let file = schemas.first(where: { $0.apis.contains { $0.name == name } }),
        let api = file.apis.first(where: { $0.name == name })
      else { throw SchemaError(file: "Schemas/typed.list", line: line, message: "no API '\(name)'") }
      for message in [api.request, api.response] {
        files["\(message.name).swift"] = MessageEmitter(api: api, message: message, source: file.name).text()
      }
    }
    files["API+All.swift"] = APIListEmitter.text(schemas.flatMap(\.apis))
    files["MessageDescription+All.swift"] = MessageTableEmitter.text(schemas.flatMap(\.allMessages))
    let errors = try ErrorTable.parse(try Files.read("\(root)/Schemas/errors.table"), file: "Schemas/errors.table")
    files["ErrorCode+All.swift"] = ErrorCodeEmitter.text(errors)
    return files
  }

  /// Names the generated files that are missing, differ, or have no schema any more.
  package func staleFiles() throws -> [String] {
    let current = try generate()
    let present = try Files.list(generatedFolder, suffix: ".swift")
    var stale = present.filter { current[$0] == nil }
    for (name, text) in current where (try? Files.read("\(generatedFolder)/\(name)")) != text { stale.append(name) }
    return stale.sorted()
  }

  /// Writes what changed and removes what has no schema any more.
  func write() throws -> [String] {
    let current = try generate()
    var lines: [String] = []
    for name in try Files.list(generatedFolder, suffix: ".swift") where current[name] == nil {
      try Files.remove("\(generatedFolder)/\(name)")
      lines.append("removed \(name)")
    }
    for (name, text) in current.sorted(by: { $0.key < $1.key }) {
      if try Files.write(text, to: "\(generatedFolder)/\(name)") { lines.append("wrote \(name)") }
    }
    return lines
  }
}
