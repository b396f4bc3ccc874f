/// What is found out about an answer while its partitions are gone through.
struct FetchedAnswer {
  /// The first version in which an answer has a limit of its own, and its first batch comes whole (KIP-74).
  private static let firstLimitedVersion: Int16 = 3

  /// The version of the request.
  let version: Int16
  /// Its memory.
  let share: FetchedMemory.Share
  /// Whether it leads further in some partition.
  var hasAdvanced = false
  /// The partitions whose next batch came cut off.
  var cut: [Cursor] = []

  init(version: Int16, share: FetchedMemory.Share) {
    self.version = version
    self.share = share
  }

  /// The partitions of which more must be asked for. Where others have taken the room of an answer, their turn will
  /// come.
  var tooSmall: [Cursor] { hasAdvanced && version >= Self.firstLimitedVersion ? [] : cut }
}
