/// Something that happened inside the client that a user may want to know, without being a failure.
public struct KafkaClientEvent: Sendable {
  /// How much it matters.
  public enum Level: Int, Comparable, Sendable {
    /// A detail, such as a connection that was made.
    case debug
    /// A retry and its cause.
    case retry
    /// Something that the user should know by default.
    case warning

    /// Orders levels by how much they matter.
    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// How much it matters.
  public var level: Level
  /// One line, without the program's name.
  public var text: String
}
