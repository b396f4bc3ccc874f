/// A broker of a mock cluster, and where it listens.
public struct MockBroker: Hashable, Sendable {
  /// What metadata and partitions call it.
  public let id: Int32
  /// The address that it listens on.
  public let host: String
  /// The port, which it keeps when it goes down and comes back.
  public let port: UInt16

  /// Host and port as clients take them: `127.0.0.1:9092`.
  public var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
