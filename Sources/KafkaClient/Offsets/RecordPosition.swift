/// A place in a partition where reading may begin or end.
public enum RecordPosition: Hashable, Sendable {
  /// The first record that is still there.
  case earliest
  /// Behind the last record.
  case latest
  /// An offset.
  case offset(Int64)
  /// So many records behind the first one; reading begins at the end where there are not so many.
  case fromStart(Int64)
  /// So many records before the end; the first one where there are not so many.
  case fromEnd(Int64)
  /// The first record whose timestamp is at least this, in milliseconds since 1970-01-01 UTC; the end without one.
  case timestamp(Int64)
}
