import Buffers
import KafkaProtocol

/// Records of one partition in their form for the output, that wait for their turn.
final class HeldRecords {
  private static let entrySize = MemoryLayout<(timestamp: Int64, end: Int)>.stride

  private var buffer = BytesBuilder(capacity: 1 << 12)
  /// The time of each record, and where it ends in the buffer.
  private var entries: [(timestamp: Int64, end: Int)] = []
  /// The first that has not been written, and where it begins.
  private var next = 0
  private var position = 0

  var isEmpty: Bool { next == entries.count }
  /// The bytes that wait, and what is remembered of each record.
  var byteCount: Int { buffer.count - position + (entries.count - next) * Self.entrySize }
  var firstTimestamp: Int64? { isEmpty ? nil : entries[next].timestamp }

  /// Has records appended.
  ///
  /// - Parameter body: Given the buffer, and what to call behind each record.
  func collect(
    _ body: (inout BytesBuilder, (_ timestamp: Int64, _ offset: Int64, inout BytesBuilder) -> Void)
      throws(ConsumeFailure)
      -> RecordError?
  ) throws(ConsumeFailure) -> RecordError? {
    if position > buffer.count / 2 { dropWritten() }
    var added: [(timestamp: Int64, end: Int)] = []
    defer { entries += added }
    return try body(&buffer) { timestamp, _, buffer in added.append((timestamp, buffer.count)) }
  }

  /// Writes the first record.
  ///
  /// - Returns: How many of the bytes that waited it was.
  func writeFirst(to printer: inout RecordPrinter) throws(ConsumeFailure) -> Int {
    let end = entries[next].end
    let size = end - position
    try printer.print(position..<end, of: buffer)
    next += 1
    position = end
    if isEmpty { dropWritten() }
    return size + Self.entrySize
  }

  private func dropWritten() {
    let rest = Bytes(copying: buffer.span.extracting(position..<buffer.count))
    buffer = BytesBuilder(capacity: max(rest.count, 1 << 12))
    buffer.append(rest)
    entries = entries[next...].map { ($0.timestamp, $0.end - position) }
    (next, position) = (0, 0)
  }
}
