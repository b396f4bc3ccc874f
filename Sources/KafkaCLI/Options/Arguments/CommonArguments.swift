package import KafkaClient
package import Transport

/// What every command that talks to a cluster has been told.
package struct CommonArguments: Hashable, Sendable {
  package var brokers: [BrokerAddress]
  /// The time for the whole command where it ends by itself.
  package var timeout: Duration
  /// The time for the answer to each request.
  package var requestTimeout: Duration
  package var family: AddressFamily
  package var clientID: String
  package var rack: String?
  package var isQuiet: Bool
  package var isVerbose: Bool
  /// What is shown of the client's inner workings.
  package var debug: DebugSelection?
  /// The settings, which count where no option says otherwise.
  package var configuration: Configuration

  package var settings: ClientSettings { configuration.settings }

  /// - Parameter environment: The variables of the process.
  package init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageError) {
    configuration = try Configuration(parsed, environment: environment)
    try configuration.checkSecurity()
    let settings = configuration.settings
    let brokersOption =
      parsed.isKnown(CommonOptions.brokers) ? CommonOptions.brokers : CommonOptions.brokersByLetter
    brokers =
      try parsed.value(brokersOption, BrokerAddress.parseList) ?? settings.brokers ?? [BrokerAddress(host: "localhost")]
    let named = try parsed.value(CommonOptions.timeout, DurationRange.positive)
    timeout = named ?? settings.commandTimeout ?? .seconds(30)
    requestTimeout = named ?? settings.requestTimeout ?? .seconds(30)
    try parsed.refuse(CommonOptions.ipv4, with: CommonOptions.ipv6, because: "without either, both are tried")
    family =
      parsed.has(CommonOptions.ipv4) ? .ipv4 : parsed.has(CommonOptions.ipv6) ? .ipv6 : settings.family ?? .any
    clientID = try parsed.value(CommonOptions.clientID, Self.name) ?? settings.clientID ?? "kavka"
    rack = try parsed.value(CommonOptions.rack, Self.name) ?? settings.rack
    if rack?.isEmpty == true { rack = nil }
    isQuiet = parsed.has(CommonOptions.quiet)
    isVerbose = parsed.has(CommonOptions.verbose)
    try parsed.refuse(CommonOptions.quiet, with: CommonOptions.verbose, because: "use one of them")
    try parsed.refuse(CommonOptions.quiet, with: CommonOptions.debug, because: "use one of them")
    debug = try Self.debug(parsed, environment: environment)
  }

  /// What the options ask for together, or else the environment, which does not break the quiet.
  private static func debug(
    _ parsed: ParsedArguments, environment: [String: String]
  ) throws(UsageError) -> DebugSelection? {
    var selections = try parsed.values(CommonOptions.debug) { argument throws(UsageError) in
      try DebugSelection(argument: argument.validText())
    }
    if selections.isEmpty, !parsed.has(CommonOptions.quiet), let text = environment["KAVKA_DEBUG"], !text.isEmpty {
      do throws(UsageError) {
        selections = [try DebugSelection(argument: text)]
      } catch {
        throw error.at("$KAVKA_DEBUG")
      }
    }
    guard var selection = selections.first else { return nil }
    for other in selections.dropFirst() { selection.add(other) }
    return selection
  }

  /// Whether a command that can tell its progress is asked to.
  static func tellsProgress(_ parsed: ParsedArguments) throws(UsageError) -> Bool {
    try parsed.refuse(CommonOptions.quiet, with: CommonOptions.progress, because: "use one of them")
    return parsed.has(CommonOptions.progress)
  }

  /// Reads a name of the client's own, which the protocol gives 16 bits for its length.
  static func name(_ text: String) throws(UsageError) -> String {
    guard text.utf8.count <= Int(Int16.max) else {
      throw UsageError("the name has \(text.utf8.count) bytes", advice: "\(Int16.max) are allowed")
    }
    return text
  }
}
