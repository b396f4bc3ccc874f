package import Buffers
import KafkaProtocol

/// Reads records that are JSON objects, one a line, as `consume -J` writes them.
///
/// Lines of nothing but blanks are passed by, as programs that write JSON leave some.
package struct JSONReader: InputRecordReader, ~Copyable {
  private var splitter: RecordSplitter
  private var record = JSONRecordFields()
  private let defaultKey: Bytes?
  private let limit: Int

  /// - Parameter limit: The most bytes that a record's key, value and headers may have together.
  package init(defaultKey: Bytes?, limit: Int) {
    self.defaultKey = defaultKey
    self.limit = limit
    splitter = RecordSplitter(delimiter: Bytes(copying: [0x0A]), limit: Self.textLimit(forRecordsOf: limit))
  }

  /// The most bytes that a record may take as text. Base64 makes four of three, and escapes rarely double a text.
  static func textLimit(forRecordsOf limit: Int) -> Int { (limit * 2) + (1 << 20) }

  package var number: Int64 { splitter.number }

  package var unreadCount: Int { splitter.unreadCount }

  package var fields: InputFields {
    @_lifetime(borrow self)
    get {
      InputFields(
        key: record.key == .null ? defaultKey?.span : span(record.key), value: span(record.value),
        headers: record.headers.isEmpty ? nil : record.headers, timestamp: record.timestamp,
        partition: record.partition)
    }
  }

  package mutating func begin() {}

  package mutating func feed(_ block: Bytes) { splitter.feed(block) }

  package mutating func advance() -> InputStep {
    while true {
      if let step = read(splitter.advance()) { return step }
    }
  }

  package mutating func finish() -> InputStep { read(splitter.finish()) ?? .needsInput }

  package mutating func abandon() -> Int64? { splitter.abandon() }

  /// - Returns: Nothing for a line of blanks.
  private mutating func read(_ step: RecordSplitter.Step) -> InputStep? {
    guard step == .record else { return InputStep(step) }
    if isBlank { return nil }
    do throws(JSONRecordError) { try record.read(recordOf: splitter) } catch {
      return .refused(bytes: Int64(splitter.record.byteCount), reason: error.message)
    }
    let size = record.byteCount
    return size > limit ? .oversized(bytes: Int64(size)) : .record
  }

  private var isBlank: Bool {
    splitter.record.withUnsafeBytes { line in
      line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }
  }

  @_lifetime(borrow self)
  private func span(_ place: FieldPlace) -> RawSpan? {
    switch place {
    case .null: nil
    case .text(let range): splitter.record.extracting(range)
    case .decoded(let range): record.decoded.span.extracting(range)
    }
  }
}
