/// A broker's host name or address, and its port.
public struct BrokerAddress: Hashable, Sendable, CustomStringConvertible {
  /// The host: a name, an IPv4 address, or an IPv6 address without brackets.
  public var host: String
  /// The TCP port.
  public var port: UInt16

  /// Creates an address from its parts.
  public init(host: String, port: UInt16 = 9092) {
    self.host = host
    self.port = port
  }

  /// The address as it is written in a list of brokers: `host:port`, `[::1]:9092`.
  public var description: String {
    host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
