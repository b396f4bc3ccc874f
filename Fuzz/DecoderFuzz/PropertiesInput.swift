import Buffers

@testable import KafkaCLI

/// Inputs that are files of properties, whose settings are then taken over.
enum PropertiesInput {
  static func run(_ input: Bytes) {
    guard let file = try? PropertiesFile(name: "f", contents: input.array) else { return }
    var configuration = Configuration()
    for entry in file.entries {
      precondition(entry.line >= 1 && entry.line <= input.count + 1)
      for command in ["produce", "consume"] {
        try? configuration.set(
          entry.key, to: entry.value, from: .file(file.name, line: entry.line), for: command)
      }
    }
    precondition(configuration.warnings.count <= 64 && configuration.remarks.count <= 64, "warnings without end")
  }
}
