import Buffers

/// What a field has to be.
enum FilterCondition: Equatable, Sendable {
  /// There, and not null where null is a way of not being there.
  case isPresent
  case isNull
  /// Exactly these bytes, or where the field is a JSON number, this number.
  case equals(Bytes, number: FilterNumber?, isBare: Bool)
  case contains(Bytes)
  /// Matched somewhere by a pattern, given by its index.
  case matches(Int)
  case compares(FilterComparison, FilterNumber)
  /// The same with a time that is so long ago.
  case isAgo(FilterComparison, Duration)
}
