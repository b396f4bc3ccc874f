import KafkaClient

extension KafkaClientConfiguration {
  /// The configuration that the options common to all commands describe.
  init(_ arguments: CommonArguments, diagnostics: Diagnostics) {
    self.init(bootstrap: arguments.brokers, clientID: arguments.clientID)
    requestTimeout = arguments.timeout
    connectionTimeout = min(connectionTimeout, arguments.timeout)
    addressFamily = arguments.family
    onEvent = { diagnostics.event($0) }
  }
}
