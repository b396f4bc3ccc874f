/// Something that happened inside the client that a user may want to know, without being a failure.
///
/// No event has the contents of a record, nor a secret.
public struct KafkaClientEvent: Sendable {
  /// How much it matters.
  public enum Level: Int, Comparable, Sendable {
    /// Every step.
    case trace
    /// A request, an answer, a batch.
    case debug
    /// What seldom happens, such as a connection that was made.
    case info
    /// A retry and its cause.
    case retry
    /// Something that the user should know by default.
    case warning
    /// Something goes otherwise than was asked for, such that records may be passed over or stored twice: not to be
    /// left out whatever else is.
    case deviation

    /// Orders levels by how much they matter.
    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// Which part of the client it happened in.
  public enum Area: Int, CaseIterable, Sendable {
    /// Connections, and what is known of the cluster.
    case connection
    /// Bytes on sockets.
    case io
    /// Requests, answers and their versions.
    case `protocol`
    /// Groups of consumers.
    case group
    /// Batches on their way to brokers.
    case producer
    /// Places in partitions, and what is read there.
    case consumer
  }

  /// How much it matters.
  public var level: Level
  /// Which part of the client it happened in.
  public var area: Area
  /// One line, without the program's name.
  public var text: String

  package init(level: Level, area: Area, text: String) {
    self.level = level
    self.area = area
    self.text = text
  }
}
