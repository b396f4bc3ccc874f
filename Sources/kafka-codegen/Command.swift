/// What the tool is asked to do.
enum Command {
  case generate(root: String, checksOnly: Bool)
  case `import`(root: String, messages: String, errors: String)

  static let usage = """
    usage: kafka-codegen generate [--check] [--root DIR]
           kafka-codegen import MESSAGES.json ERRORS.tsv [--root DIR]

    generate   writes the Swift files that come from Schemas/
    --check    writes nothing and fails where a file is not current
    import     rewrites Schemas/ from a description of all messages
    --root     the package's folder; the working folder without it
    """

  init(arguments: [String]) throws(ToolError) {
    var words: [String] = []
    var root = "."
    var checksOnly = false
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--root":
        guard let value = rest.popFirst() else { throw ToolError("--root takes a folder\n\(Self.usage)") }
        root = value
      case "--check": checksOnly = true
      default: words.append(argument)
      }
    }
    switch (words.first, words.count) {
    case ("generate", 1): self = .generate(root: root, checksOnly: checksOnly)
    case ("import", 3) where !checksOnly: self = .import(root: root, messages: words[1], errors: words[2])
    default: throw ToolError(Self.usage)
    }
  }

  /// Does it, and gives back lines to print.
  func run() throws -> [String] {
    switch self {
    case .generate(let root, let checksOnly):
      let package = SchemaPackage(root: root)
      guard checksOnly else { return try package.write() }
      let stale = try package.staleFiles()
      guard stale.isEmpty else {
        throw ToolError("not current, run 'kafka-codegen generate': \(stale.joined(separator: ", "))")
      }
      return []
    case .import(let root, let messages, let errors):
      return try FactsImporter(root: root).run(messages: messages, errors: errors)
    }
  }
}
