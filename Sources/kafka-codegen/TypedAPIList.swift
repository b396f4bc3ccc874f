import KafkaSchema

/// The APIs that get Swift types: `typed.list`, a name a line.
struct TypedAPIList {
  let apis: [(name: String, line: Int)]

  static func parse(_ text: String, file: String) throws(SchemaError) -> TypedAPIList {
    var apis: [(name: String, line: Int)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.prefix { $0 != "#" }.split(separator: " ")
      guard let name = words.first else { continue }
      guard words.count == 1 else { throw SchemaError(file: file, line: index + 1, message: "one name a line") }
      guard !apis.contains(where: { $0.name == name }) else {
        throw SchemaError(file: file, line: index + 1, message: "'\(name)' a second time")
      }
      apis.append((name: String(name), line: index + 1))
    }
    return TypedAPIList(apis: apis)
  }
}
