/// The blocks of shell in a page of Markdown, with the output that the page shows behind each.
struct MarkdownScripts {
  struct Block {
    /// Where it begins in the page.
    var line: Int
    var script: String
    var output: String
  }

  /// The sections that have blocks, by their headings.
  private(set) var sections: [(heading: String, blocks: [Block])] = []

  init(_ page: String) {
    var language: Substring?
    var content = ""
    var start = 0
    for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      switch language {
      case nil where line.hasPrefix("## "): sections.append((String(line.dropFirst(3)), []))
      case nil where line.hasPrefix("```"):
        (language, content, start) = (line.dropFirst(3), "", index + 1)
      case let open? where line == "```":
        add(content, in: open, line: start)
        language = nil
      case .some: content += line + "\n"
      case nil: break
      }
    }
    sections.removeAll(where: \.blocks.isEmpty)
  }

  private mutating func add(_ content: String, in language: Substring, line: Int) {
    guard let section = sections.indices.last else { return }
    if language == "sh" {
      sections[section].blocks.append(Block(line: line, script: content, output: ""))
    } else if language == "text", let block = sections[section].blocks.indices.last {
      sections[section].blocks[block].output = content
    }
  }
}
