import Buffers
import FoundationEssentials
import KafkaProtocol

/// A message body that Kafka's own code wrote, and what it says.
struct MessageVector: Sendable {
  let message: String
  let version: Int16
  let value: MessageValue
  let body: Bytes
  /// Which line of the file it is, for failures.
  let line: Int

  var name: String { "line \(line): \(message) \(version)" }

  /// All vectors, or none where the file is missing.
  static let all: [MessageVector] = load()

  static var areMissing: Bool { all.isEmpty }

  /// The vectors spread over a few test cases, which run beside each other.
  static let sections = 0..<16

  static func section(_ section: Int) -> [MessageVector] {
    all.enumerated().filter { $0.offset % sections.count == section }.map(\.element)
  }

  /// One vector of each message: of the highest version, and of those the one with unknown tagged fields.
  static let samples: [MessageVector] = Dictionary(grouping: all, by: \.message).values
    .compactMap { $0.max { ($0.version, $0.line) < ($1.version, $1.line) } }
    .sorted { $0.line < $1.line }

  private static func load() -> [MessageVector] {
    let path = TestFiles.vectors + "/messages.jsonl"
    guard let data = FileManager.default.contents(atPath: path) else {
      print("no golden vectors at \(path); set KAVKA_VECTORS to their folder")
      return []
    }
    let text = Bytes(copying: Array(data))
    var vectors: [MessageVector] = []
    var start = 0
    for index in 0..<text.count where text[index] == UInt8(ascii: "\n") {
      vectors.append(MessageVector(json: text[start..<index], line: vectors.count + 1))
      start = index + 1
    }
    return vectors
  }

  private init(json: Bytes, line: Int) {
    guard let object = try? JSONParser.parse(json), case .string(let message) = object["message"],
      case .integer(let version) = object["version"], case .string(let hex) = object["hex"],
      let fields = object["value"]
    else {
      preconditionFailure("line \(line) of the vectors is malformed")
    }
    var unknown: [UnknownTaggedField] = []
    if case .array(let items) = object["unknownTaggedFields"] {
      for item in items {
        guard case .string(let path) = item["path"], case .integer(let tag) = item["tag"],
          case .string(let hex) = item["hex"]
        else { preconditionFailure("line \(line) of the vectors is malformed") }
        unknown.append(UnknownTaggedField(path: path, tag: UInt32(tag), bytes: Bytes(hex: hex)))
      }
    }
    self.message = message
    self.version = Int16(version)
    self.value = MessageValue(fields: fields, unknownTaggedFields: unknown)
    self.body = Bytes(hex: hex)
    self.line = line
  }
}
