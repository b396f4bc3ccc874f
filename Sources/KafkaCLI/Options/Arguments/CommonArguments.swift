package import KafkaClient
package import Transport

/// What every command that talks to a cluster has been told.
package struct CommonArguments: Hashable, Sendable {
  package var brokers: [BrokerAddress]
  package var timeout: Duration
  package var family: AddressFamily
  package var clientID: String
  package var isQuiet: Bool
  package var isVerbose: Bool

  /// - Parameter environment: The variables of the process, of which `KAVKA_BROKERS` counts.
  package init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageError) {
    let hasLongName = parsed.table.allOptions.contains { $0.short == "b" && $0.long != nil }
    let brokersOption = hasLongName ? CommonOptions.brokers : CommonOptions.brokersByLetter
    brokers =
      if let named = try parsed.value(brokersOption, BrokerAddress.parseList) {
        named
      } else {
        try Self.brokers(in: environment) ?? [BrokerAddress(host: "localhost")]
      }
    timeout = try parsed.value(CommonOptions.timeout, DurationRange.positive) ?? .seconds(30)
    try parsed.refuse(CommonOptions.ipv4, with: CommonOptions.ipv6, because: "without either, both are tried")
    family = parsed.has(CommonOptions.ipv4) ? .ipv4 : parsed.has(CommonOptions.ipv6) ? .ipv6 : .any
    clientID = try parsed.value(CommonOptions.clientID, Self.clientID) ?? "kavka"
    isQuiet = parsed.has(CommonOptions.quiet)
    isVerbose = parsed.has(CommonOptions.verbose)
    try parsed.refuse(CommonOptions.quiet, with: CommonOptions.verbose, because: "use one of them")
  }

  private static func brokers(in environment: [String: String]) throws(UsageError) -> [BrokerAddress]? {
    guard let text = environment["KAVKA_BROKERS"], !text.isEmpty else { return nil }
    do {
      return try BrokerAddress.parseList(text)
    } catch {
      throw error.at("$KAVKA_BROKERS")
    }
  }

  private static func clientID(_ text: String) throws(UsageError) -> String {
    guard text.utf8.count <= Int(Int16.max) else {
      throw UsageError("the name has \(text.utf8.count) bytes", advice: "\(Int16.max) are allowed")
    }
    return text
  }
}
