import Buffers
import KafkaProtocol

/// A record of the samples.
struct SampleRecord {
  var key: [UInt8]?
  var value: [UInt8]
  var headers: [(name: String, value: [UInt8]?)] = []

  /// What the values of samples are.
  enum Content {
    case words, textWithEscapes, bytes, json
  }

  /// Records with values of `size` bytes, or about that many.
  static func records(
    _ count: Int, of content: Content = .words, size: Int = 100, hasKeys: Bool = false, headers: Int = 0
  ) -> [SampleRecord] {
    var text = SampleText(seed: 1)
    return (0..<count).map { _ in
      let value =
        switch content {
        case .words: text.words(size)
        case .textWithEscapes: text.textWithEscapes(size)
        case .bytes: text.bytes(size)
        case .json: text.json(size)
        }
      let key = hasKeys ? Array("key-\(text.number(in: 100_000...999_999))".utf8) : nil
      let pairs = (0..<headers).map { (name: "trace-\($0)", value: Optional(text.words(16))) }
      return SampleRecord(key: key, value: value, headers: pairs)
    }
  }

  /// A batch of these records, not sealed.
  static func draft(_ records: [SampleRecord], format: RecordFormat = .v2) throws -> DraftBatch {
    var builder = RecordBatchBuilder(format: format, capacity: Int(Int32.max) / 64)
    for (index, record) in records.enumerated() {
      let isAppended = builder.append(
        key: record.key?.span.bytes, value: record.value.span.bytes, headers: EncodedHeaders(record.headers),
        timestamp: firstTimestamp + Int64(index))
      guard isAppended else { throw BenchmarkError.badSample("a batch is full") }
    }
    return builder.finish()
  }

  static let firstTimestamp: Int64 = 1_700_000_000_000
}
