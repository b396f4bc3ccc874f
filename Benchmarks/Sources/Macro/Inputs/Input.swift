/// Lines to be produced, the same bytes on every machine.
struct Input: Hashable {
  var records: Int
  /// The bytes of a value, which is a running number and then words of a vocabulary, so that codecs find work.
  var valueBytes: Int
  /// Whether each line is `key-NNNNNN<TAB>VALUE`, with a hundred thousand keys.
  var isKeyed = false

  static let lines = Input(records: 1_000_000, valueBytes: 100)
  static let keyed = Input(records: 1_000_000, valueBytes: 90, isKeyed: true)

  static let keyBytes = 10

  var name: String { "\(isKeyed ? "keyed" : "lines")-\(records)x\(valueBytes)" }

  /// As many bytes as the file has.
  var fileBytes: Int { records * (valueBytes + 1 + (isKeyed ? Self.keyBytes + 1 : 0)) }
}
