import Synchronization

/// What a command writes to standard error, kept to be looked at.
final class CollectedText: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func append(_ more: [UInt8]) { bytes.withLock { $0 += more } }

  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

  var lines: [String] { text.split(separator: "\n").map(String.init) }
}
