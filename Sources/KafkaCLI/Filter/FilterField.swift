import Buffers

/// What a test looks at.
enum FilterField: Equatable, Sendable {
  /// Key, value, and the values of all headers.
  case anywhere
  case key
  case value
  /// A place in a key or value that is JSON.
  case keyPath([JSONPathStep])
  case valuePath([JSONPathStep])
  /// The values of all headers of a name.
  case header(Bytes)
  case topic
  case partition
  case offset
  /// In milliseconds since 1970-01-01 UTC.
  case timestamp
  /// The length of the value in bytes.
  case size
}
