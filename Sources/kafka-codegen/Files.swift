import FoundationEssentials

/// Reads and writes whole text files.
enum Files {
  static func read(_ path: String) throws(ToolError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else { throw ToolError("\(path): cannot be read") }
    return String(decoding: data, as: UTF8.self)
  }

  /// Writes a file unless it already has this text, so that its time of change stays.
  ///
  /// - Returns: Whether it was written.
  static func write(_ text: String, to path: String) throws(ToolError) -> Bool {
    let data = Data(text.utf8)
    if FileManager.default.contents(atPath: path) == data { return false }
    do {
      try data.write(to: URL(filePath: path))
    } catch {
      throw ToolError("\(path): cannot be written: \(error)")
    }
    return true
  }

  static func remove(_ path: String) throws(ToolError) {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw ToolError("\(path): cannot be removed: \(error)")
    }
  }

  /// The names in a folder that end in `suffix`, sorted.
  static func list(_ folder: String, suffix: String) throws(ToolError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(suffix) }.sorted()
    } catch {
      throw ToolError("\(folder): cannot be listed: \(error)")
    }
  }
}
