import Buffers
import KafkaProtocol

#if canImport(Glibc)
  import Glibc
#endif

/// Inputs to begin with: examples, and what is made from the golden vectors.
enum Seeds {
  /// Inputs longer than this teach the fuzzer little and cost it much.
  private static let longest = 4096

  /// Writes those of the selected target, each as a file of `folder`; vectors from the folder that `KAVKA_VECTORS`
  /// names.
  static func write(to folder: String) {
    for (number, example) in FuzzTarget.selected.examples.enumerated() {
      save(Array(example.utf8), to: "\(folder)/example-\(number)")
    }
    guard let vectors = FuzzTarget.variable("KAVKA_VECTORS") else { return }
    let file = FuzzTarget.selected == .records ? "records.jsonl" : "messages.jsonl"
    var number = 0
    for line in lines(of: "\(vectors)/\(file)") {
      guard let vector = try? JSONParser.parse(line), let input = input(vector, text: line),
        !input.isEmpty, input.count <= longest
      else { continue }
      save(input, to: "\(folder)/vector-\(number)")
      number += 1
    }
  }

  private static func input(_ vector: JSONValue, text: Bytes) -> [UInt8]? {
    guard case .string(let hex) = vector["hex"] else { return nil }
    let body = bytes(hex: hex)
    switch FuzzTarget.selected {
    case .records: return body
    case .json: return text.array
    case .messages:
      guard case .string(let name) = vector["message"], case .integer(let version) = vector["version"] else {
        return nil
      }
      return MessageInput.header(message: name, version: Int16(version)).map { $0 + body }
    case .frames:
      guard case .string(let name) = vector["message"], ["ApiVersionsResponse", "FetchResponse"].contains(name) else {
        return nil
      }
      return [0, 0, 0, 1] + body
    case .jsonRecords, .lengths, .formats, .filters, .properties: return nil
    }
  }

  private static func bytes(hex: String) -> [UInt8] {
    let digits = hex.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  private static func lines(of path: String) -> [Bytes] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var lines: [Bytes] = []
    while case let count = getline(&line, &capacity, file), count > 0, let line {
      lines.append(Bytes(copying: UnsafeRawBufferPointer(start: line, count: count)))
    }
    return lines
  }

  private static func save(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}
