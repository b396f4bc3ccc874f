import Buffers

/// One step from a JSON value to a value inside of it.
enum JSONPathStep: Equatable, Sendable {
  /// The first member of that name of an object; the name as UTF-8.
  case member(Bytes)
  /// An element of an array, counted from 0.
  case element(Int64)
  /// Each element of an array.
  case anyElement
}
