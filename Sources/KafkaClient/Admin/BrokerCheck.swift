/// Whether a broker can be reached.
public struct BrokerCheck: Sendable {
  /// The address that was tried.
  public var address: BrokerAddress
  /// The broker that advertises the address; nil for a bootstrap address that none does.
  public var broker: ClusterMetadata.Broker?
  /// Whether it is one of the bootstrap addresses.
  public var isBootstrap: Bool
  /// How long it took to connect, to learn the versions, and to have one question answered; or to fail.
  public var duration: Duration
  /// Why it could not be reached, if so.
  public var error: KafkaError?
}
