package import Transport

/// How a client reaches a cluster and how patient it is.
///
/// ``withKafkaClient(_:_:)`` refuses with ``KafkaError/Code/invalidArgument`` what is out of the range that a property
/// names; no duration may be longer than 292 years.
public struct KafkaClientConfiguration: Sendable {
  /// The brokers that are asked first; the others are learnt from them.
  public var bootstrap: [BrokerAddress]
  /// The name that brokers log and apply quotas by.
  public var clientID: String
  /// How long an answer may take once its request is sent, at least 1 ms. An answer that keeps coming is waited for.
  public var requestTimeout: Duration = .seconds(30)
  /// How long making one connection may take, name lookup and version negotiation included; at least 1 ms.
  public var connectionTimeout: Duration = .seconds(10)
  /// The wait before a first retry and the longest one, neither negative; it doubles in between, with a fifth of jitter
  /// (KIP-580).
  public var retryBackoff: ClosedRange<Duration> = .milliseconds(100) ... .seconds(1)
  /// The same for connecting again to a broker.
  public var reconnectBackoff: ClosedRange<Duration> = .milliseconds(50) ... .seconds(1)
  /// How old metadata may grow before it is fetched again, at least 1 ms.
  public var metadataMaximumAge: Duration = .seconds(300)
  /// Whether brokers are asked which versions of the protocol they speak. Those that are not are spoken to as Kafka 0.8
  /// and 0.9 are, of which the latter is disturbed by the question.
  public var asksForVersions = true
  /// The largest answer that is accepted, in bytes; at least 1. No answer has more than 2 GiB.
  public var maximumResponseBytes = 100 << 20
  /// Where the client is, as the cluster names places: records are fetched from a replica there if there is one
  /// (KIP-392).
  public var rack: String?
  /// Hears of retries, reconnections and other things worth a line; called on the event loop, so it must not block.
  public var onEvent: (@Sendable (KafkaClientEvent) -> Void)?
  /// What ``onEvent`` hears of.
  public var events = KafkaEventSelection()

  /// Which addresses of a host are used.
  package var addressFamily: AddressFamily = .any

  /// Creates the configuration of a client of the cluster that `bootstrap` belongs to.
  public init(bootstrap: [BrokerAddress], clientID: String = "kavka") {
    self.bootstrap = bootstrap
    self.clientID = clientID
  }

  /// Refuses what no client can work with.
  func check() throws(KafkaError) {
    let values = ConfigurationCheck(of: "KafkaClientConfiguration")
    try values.require(requestTimeout, "requestTimeout", atLeast: .milliseconds(1))
    try values.require(connectionTimeout, "connectionTimeout", atLeast: .milliseconds(1))
    try values.require(retryBackoff, "retryBackoff")
    try values.require(reconnectBackoff, "reconnectBackoff")
    try values.require(metadataMaximumAge, "metadataMaximumAge", atLeast: .milliseconds(1))
    try values.require(maximumResponseBytes, "maximumResponseBytes", in: 1...Int.max)
  }
}
