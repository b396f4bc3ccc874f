import FoundationEssentials
import KafkaSchema

/// Rewrites the schema files from a description of all messages and errors.
package struct FactsImporter {
  /// The folder of Package.swift.
  package let root: String

  package init(root: String) { self.root = root }

  /// Translates a description of all messages (JSON) and errors (a table with tabs) into schema files, name to text.
  package func files(messages: String, errors: String) throws -> [String: String] {
    let data = Data(try Files.read(messages).utf8)
    var files = try schemaFiles(try JSONDecoder().decode([FactsMessage].self, from: data))
    files["errors.table"] = try errorTable(try Files.read(errors))
    return files
  }

  func run(messages: String, errors: String) throws -> [String] {
    let files = try files(messages: messages, errors: errors)
    for name in try Files.list("\(root)/Schemas", suffix: ".schema") where files[name] == nil {
      try Files.remove("\(root)/Schemas/\(name)")
    }
    for (name, text) in files { _ = try Files.write(text, to: "\(root)/Schemas/\(name)") }
    return ["wrote \(files.count) files"]
  }

  private func schemaFiles(_ messages: [FactsMessage]) throws -> [String: String] {
    var files: [String: String] = [:]
    var headers: [String] = []
    for message in messages {
      switch message.kind {
      case "request":
        guard let key = message.apiKey,
          let response = messages.first(where: { $0.apiKey == key && $0.kind == "response" })
        else { throw ToolError("\(message.name) has no response") }
        let name = String(message.name.dropLast("Request".count))
        let number = key < 10 ? "0\(key)" : "\(key)"
        let file = "\(number)-\(Self.hyphenated(name)).schema"
        files[file] = try apiText(name, key: key, request: message, response: response, file: file)
      case "response": continue
      case "header": headers.append(try messageText(message, file: "headers.schema"))
      case "data":
        let file = "data-\(Self.hyphenated(message.name)).schema"
        files[file] = try messageText(message, file: file)
      default: throw ToolError("\(message.name): kind \(message.kind)")
      }
    }
    files["headers.schema"] = headers.joined(separator: "\n")
    return files
  }

  private func apiText(
    _ name: String, key: Int16, request: FactsMessage, response: FactsMessage, file: String
  ) throws -> String {
    guard request.validVersions == response.validVersions, request.flexibleVersions == response.flexibleVersions else {
      throw ToolError("\(name): request and response differ in versions")
    }
    var lines = ["api \(key) \(name)"] + settings(of: request)
    if let listeners = request.listeners { lines.append("  listeners \(listeners.joined(separator: " "))") }
    let requestText = try SchemaText(request, title: "request", file: file)
    if request.latestVersionUnstable == true { lines.append("  unstable \(requestText.versions.last)") }
    lines += requestText.lines
    lines += try SchemaText(response, title: "response", file: file).lines
    return lines.joined(separator: "\n") + "\n"
  }

  private func messageText(_ message: FactsMessage, file: String) throws -> String {
    let lines = ["\(message.kind) \(message.name)"] + settings(of: message)
    return (lines + (try SchemaText(message, title: "fields", file: file).lines)).joined(separator: "\n") + "\n"
  }

  private func settings(of message: FactsMessage) -> [String] {
    ["  versions \(message.validVersions)", "  flexible \(message.flexibleVersions)"]
  }

  private func errorTable(_ text: String) throws -> String {
    var lines = ["# Error codes: code, name, whether a retry may help, whether the metadata in use is out of date."]
    for row in text.split(separator: "\n").dropFirst() {
      let columns = row.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count >= 4 else { throw ToolError("errors: '\(row)'") }
      var words = [String(columns[0]), String(columns[1])]
      if columns[2] == "true" { words.append("retriable") }
      if columns[3] == "true" { words.append("refresh") }
      lines.append(words.joined(separator: " "))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `ListOffsets` as `list-offsets`.
  static func hyphenated(_ name: String) -> String {
    var result = ""
    var isInRun = true
    for character in name {
      if character.isUppercase && !isInRun { result.append("-") }
      isInRun = character.isUppercase
      result += character.lowercased()
    }
    return result
  }
}
