/// Questions to each broker of a cluster.
extension KafkaClient {
  /// Asks every broker of the cluster what it speaks, all at the same time.
  ///
  /// - Returns: The brokers by rising id; errors stay with their broker.
  public func brokerAPIs(timeout: Duration? = nil) async throws(KafkaError) -> [BrokerAPIs] {
    try await cluster.brokerAPIs(by: deadline(timeout))
  }

  /// Tries to reach every bootstrap address and every advertised one, all at the same time, over new connections.
  ///
  /// - Returns: The bootstrap addresses in their order, then the others by their brokers' ids.
  public func checkBrokers(timeout: Duration? = nil) async -> [BrokerCheck] {
    do throws(KafkaError) {
      let deadline = try deadline(timeout)
      return await cluster.checkBrokers(by: deadline)
    } catch {
      return configuration.bootstrap.map {
        BrokerCheck(address: $0, broker: nil, isBootstrap: true, duration: .zero, error: error)
      }
    }
  }
}
