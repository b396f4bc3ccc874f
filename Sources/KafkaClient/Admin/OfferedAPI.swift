/// An API of the protocol as a broker offers it.
public struct OfferedAPI: Hashable, Sendable {
  /// The number of the API.
  public var key: Int16
  /// The name of the API; nil for one that this client has never heard of.
  public var name: String?
  /// The versions that the broker offers.
  public var versions: ClosedRange<Int16>
  /// The version that this client uses with the broker; nil where it does not use the API, or none of these versions.
  public var used: Int16?
}
