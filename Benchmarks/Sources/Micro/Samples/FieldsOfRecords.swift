import Buffers
import KafkaProtocol

/// Records of the samples as a reader of input gives them out: their fields are places in one text, so that to go
/// through them counts no references.
struct FieldsOfRecords {
  private let text: Bytes
  let places: [Place]
  /// Those of the first record, for all.
  let headers: EncodedHeaders

  struct Place {
    let key: Range<Int>?
    let value: Range<Int>
  }

  init(_ records: [SampleRecord]) {
    var text = BytesBuilder()
    places = records.map { record in
      let start = text.count
      if let key = record.key { text.append(key) }
      let middle = text.count
      text.append(record.value)
      return Place(key: record.key.map { _ in start..<middle }, value: middle..<text.count)
    }
    self.text = text.finish()
    headers = EncodedHeaders(records.first?.headers ?? [])
  }

  @_lifetime(borrow self)
  func key(_ place: Place) -> RawSpan? {
    guard let key = place.key else { return nil }
    return text.span.extracting(key)
  }

  @_lifetime(borrow self)
  func value(_ place: Place) -> RawSpan { text.span.extracting(place.value) }
}
