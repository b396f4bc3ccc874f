/// Where a broker is, and which one it is if that is known.
struct BrokerEndpoint: Hashable, Sendable, CustomStringConvertible {
  /// The broker's id, or nil for a bootstrap address whose broker is not known yet.
  var id: Int32?
  var address: BrokerAddress

  var description: String { id.map { "broker \($0) (\(address))" } ?? address.description }
}
