import KafkaClient
import Transport

extension SettingCatalogue {
  private static let anyTime: ClosedRange<Int64> = 0...Int64(Int32.max)
  private static let someTime: ClosedRange<Int64> = 1...Int64(Int32.max)

  /// What concerns the client as a whole.
  static let client: [Setting] = [
    .text(
      "bootstrap.servers", also: ["metadata.broker.list"], values: "HOST[:PORT],…", default: "localhost:9092",
      \.brokers,
      by: [.init(CommonOptions.brokers), .init(CommonOptions.brokersByLetter)], "the servers to ask first",
      bootstrapServers),
    .text(
      "client.id", values: "NAME", default: "kavka", \.clientID, by: [.init(CommonOptions.clientID)],
      "name for the brokers' logs and quotas", CommonArguments.name),
    .text(
      "client.rack", values: "NAME", default: "", \.rack, by: [.init(CommonOptions.rack)],
      "where the client is, to read from a replica there", CommonArguments.name),
    .choice(
      "broker.address.family", [("any", AddressFamily.any), ("v4", .ipv4), ("v6", .ipv6)], default: "any", \.family,
      scope: .client, by: [.init(CommonOptions.ipv4) { _ in "v4" }, .init(CommonOptions.ipv6) { _ in "v6" }],
      "which addresses of a host are used"),
    .milliseconds(
      "socket.timeout.ms", also: ["request.timeout.ms"], someTime, default: 30_000, \.requestTimeout, scope: .client,
      by: [.init(CommonOptions.timeout, duration)], "time for the answer to a request"),
    .milliseconds(
      "default.api.timeout.ms", someTime, default: 30_000, \.commandTimeout, scope: .client,
      by: [.init(CommonOptions.timeout, duration)], "time for a command that ends by itself"),
    .milliseconds(
      "socket.connection.setup.timeout.ms", someTime, default: 10_000, \.connectionTimeout, scope: .client,
      "time to make a connection"),
    .milliseconds(
      "retry.backoff.ms", anyTime, default: 100, \.retryBackoff, scope: .client, "wait before a first retry"),
    .milliseconds(
      "retry.backoff.max.ms", anyTime, default: 1_000, \.retryBackoffMaximum, scope: .client,
      "the longest wait before a retry"
    ),
    .milliseconds(
      "reconnect.backoff.ms", anyTime, default: 50, \.reconnectBackoff, scope: .client, "wait before connecting again"),
    .milliseconds(
      "reconnect.backoff.max.ms", anyTime, default: 1_000, \.reconnectBackoffMaximum, scope: .client,
      "the longest wait before connecting again"),
    .milliseconds(
      "topic.metadata.refresh.interval.ms", also: ["metadata.max.age.ms"], someTime, default: 300_000,
      \.metadataMaximumAge,
      scope: .client, "age at which metadata is fetched again"),
    .number(
      "receive.message.max.bytes", 1_000...Int64(Int32.max), default: 100 << 20, unit: " bytes",
      \.maximumResponseBytes, scope: .client, "the largest answer that is accepted"),
    .boolean(
      "api.version.request", default: true, \.asksForVersions, scope: .client,
      "ask brokers what they speak; false for Kafka 0.9, which that disturbs"),
    .boolean("readonly", default: false, \.isReadOnly, "refuse every command that changes something"),
  ]

  /// Reads servers as other clients write them too, with a protocol in front of each.
  private static let bootstrapServers: @Sendable (String) throws(UsageError) -> [BrokerAddress] = {
    text throws(UsageError) in
    var servers: [Substring] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let server = part.drop { $0 == " " || $0 == "\t" }
      let scheme = server.firstPlace(of: "://") != nil ? server.prefix { $0 != ":" }.uppercased() : nil
      switch scheme {
      case "PLAINTEXT": servers.append(server.dropFirst("PLAINTEXT://".count))
      case "SSL", "SASL_SSL", "SASL_PLAINTEXT":
        throw UsageError("'\(server)' is not supported", advice: withoutSecurity)
      default: servers.append(server)
      }
    }
    return try BrokerAddress.parseList(servers.joined(separator: ","))
  }

  /// The value of an option that is a duration, in milliseconds.
  static let duration: @Sendable (String) throws(UsageError) -> String? = { text throws(UsageError) in
    "\(try Duration(argument: text).wholeMilliseconds)"
  }

  /// The value of an option that is a size, in bytes.
  static let size: @Sendable (String) throws(UsageError) -> String? = { text throws(UsageError) in
    "\(try ByteSize.parse(text, in: 0...Int.max))"
  }
}
