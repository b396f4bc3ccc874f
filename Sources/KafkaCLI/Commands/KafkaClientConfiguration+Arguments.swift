import KafkaClient

extension KafkaClientConfiguration {
  /// The configuration that the options common to all commands describe.
  init(_ arguments: CommonArguments, diagnostics: Diagnostics) {
    self.init(bootstrap: arguments.brokers, clientID: arguments.clientID)
    let settings = arguments.settings
    requestTimeout = arguments.requestTimeout
    connectionTimeout = min(settings.connectionTimeout ?? connectionTimeout, arguments.timeout)
    retryBackoff = settings.retryBackoff(or: retryBackoff)
    reconnectBackoff = settings.reconnectBackoff(or: reconnectBackoff)
    metadataMaximumAge = settings.metadataMaximumAge ?? metadataMaximumAge
    maximumResponseBytes = settings.maximumResponseBytes ?? maximumResponseBytes
    asksForVersions = settings.asksForVersions ?? asksForVersions
    rack = arguments.rack
    addressFamily = arguments.family
    if let debug = arguments.debug { events = debug.events }
    onEvent = { diagnostics.event($0) }
  }
}
