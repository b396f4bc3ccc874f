import Buffers
import KafkaCompression
import KafkaProtocol

/// Inputs that are record sets.
enum RecordInput {
  /// The most that a batch may swell to.
  private static let limit = 1 << 20

  static func run(_ input: Bytes) {
    read(input)
    // Hardly any damaged batch gets past its checksum, so the first is also read with a right one.
    if let repaired = withRightChecksum(input) { read(repaired) }
  }

  private static func read(_ set: Bytes) {
    var reader = RecordSetReader(set)
    while let batch = try? reader.next() {
      guard let opened = try? BatchOpener.open(batch, limit: limit) else { continue }
      do {
        var records = opened.records
        while let record = try records.next() {
          var headers = record.headers
          while headers.next() != nil {}
        }
      } catch {
        continue
      }
    }
  }

  private static func withRightChecksum(_ set: Bytes) -> Bytes? {
    guard set.count > 21 else { return nil }
    var bytes = set.array
    let length = bytes[8..<12].reduce(0) { $0 << 8 | Int($1) }
    let end = 12 + length
    guard end <= bytes.count else { return nil }
    let isBatch = bytes[16] >= 2
    let covered = isBatch ? 21 : 16
    guard end > covered else { return nil }
    let span = set[covered..<end].span
    let checksum = isBatch ? CRC32C.checksum(span) : CRC32.checksum(span)
    let place = isBatch ? 17 : 12
    for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: checksum >> UInt32(24 - 8 * index)) }
    return Bytes(copying: bytes)
  }
}
