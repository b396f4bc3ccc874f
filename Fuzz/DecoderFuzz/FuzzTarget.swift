import Buffers
import KafkaCompression
import KafkaProtocol

#if canImport(Glibc)
  import Glibc
#endif

/// A decoder or parser, and how an input becomes what it reads.
enum FuzzTarget: String, CaseIterable {
  /// Three bytes that choose a message and its version, then its body.
  case messages
  /// A frame as a broker gets it.
  case frames
  /// A record set.
  case records
  /// JSON text.
  case json
  /// Records for `produce -J`, in blocks; see ``ReaderInput``.
  case jsonRecords = "json-records"
  /// Records for `produce` with lengths before them.
  case lengths
  /// A format and records by it.
  case formats
  /// A filter and a record for it.
  case filters
  /// A file of properties.
  case properties

  /// The target that the environment names.
  static let selected: FuzzTarget = {
    guard let name = variable("KAVKA_FUZZ_TARGET"), let target = FuzzTarget(rawValue: name) else {
      print("KAVKA_FUZZ_TARGET is one of \(allCases.map(\.rawValue).joined(separator: ", "))")
      exit(2)
    }
    return target
  }()

  /// Where to write inputs to begin with, if anywhere.
  static var seedFolder: String? { variable("KAVKA_FUZZ_SEEDS") }

  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  func run(_ input: Bytes) {
    switch self {
    case .messages: MessageInput.run(input)
    case .frames: Self.readFrame(input)
    case .records: RecordInput.run(input)
    case .json: Self.readJSON(input)
    case .jsonRecords: ReaderInput.readJSON(input)
    case .lengths: ReaderInput.readLengths(input)
    case .formats: ReaderInput.readFormat(input)
    case .filters: FilterInput.run(input)
    case .properties: PropertiesInput.run(input)
    }
  }

  private static func readFrame(_ input: Bytes) {
    _ = try? RequestFrame.header(of: input)
    for version in ApiVersionsResponse.versions {
      _ = try? ResponseFrame.decode(ApiVersionsResponse.self, from: input, version: version)
    }
    _ = try? ResponseFrame.decode(FetchResponse.self, from: input, version: FetchResponse.versions.upperBound)
  }

  private static func readJSON(_ input: Bytes) {
    guard let value = try? JSONParser.parse(input) else { return }
    let again = try? JSONParser.parse(Bytes(utf8: value.description))
    precondition(again == value, "JSON does not read back")
  }
}
