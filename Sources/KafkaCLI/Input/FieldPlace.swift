/// Where the bytes of a field of the input are.
enum FieldPlace: Equatable, Sendable {
  case null
  /// In the text itself.
  case text(Range<Int>)
  /// In the buffer in which they were put together.
  case decoded(Range<Int>)

  var byteCount: Int {
    switch self {
    case .null: 0
    case .text(let range), .decoded(let range): range.count
    }
  }
}
