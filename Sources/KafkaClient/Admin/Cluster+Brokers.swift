import KafkaProtocol
import Transport

/// Asks each broker for itself.
extension Cluster {
  /// The brokers that the cluster names now.
  private func brokers(by deadline: Instant) async throws(KafkaError) -> [ClusterMetadata.Broker] {
    try await fetchMetadata(of: [:], by: deadline).brokers
  }

  /// What each broker speaks, all asked at the same time; errors stay with their broker.
  func brokerAPIs(by deadline: Instant) async throws(KafkaError) -> [BrokerAPIs] {
    let brokers = try await brokers(by: deadline)
    return await withTaskGroup(of: BrokerAPIs.self) { group in
      for broker in brokers { group.addTask { await self.apis(of: broker) } }
      var answers: [BrokerAPIs] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.broker.id < $1.broker.id }
    }
  }

  private func apis(of broker: ClusterMetadata.Broker) async -> BrokerAPIs {
    do throws(KafkaError) {
      let (_, versions) = try await connect(to: BrokerEndpoint(id: broker.id, address: broker.address), for: .queries)
      return BrokerAPIs(broker, versions)
    } catch {
      return BrokerAPIs(
        broker: broker,
        error: error.hintingAtAdvertisedAddress(broker.address, bootstrap: configuration.bootstrap))
    }
  }

  /// Tries every bootstrap address and every address that the brokers behind them advertise, all at the same time and
  /// each over a connection of its own.
  ///
  /// - Returns: The bootstrap addresses in their order, then the others by their brokers' ids.
  func checkBrokers(by deadline: Instant) async -> [BrokerCheck] {
    await withTaskGroup(of: Attempt.self) { group in
      var tried: Set<BrokerAddress> = []
      var advertised: [BrokerAddress: ClusterMetadata.Broker] = [:]
      var checks: [BrokerAddress: BrokerCheck] = [:]
      for address in configuration.bootstrap where tried.insert(address).inserted {
        group.addTask { await self.attempt(BrokerEndpoint(id: nil, address: address), isBootstrap: true, by: deadline) }
      }
      for await attempt in group {
        checks[attempt.check.address] = attempt.check
        // Only the brokers that the user has named are believed, so that the list has an end.
        guard attempt.check.isBootstrap else { continue }
        for broker in attempt.brokers {
          advertised[broker.address] = advertised[broker.address] ?? broker
          guard tried.insert(broker.address).inserted else { continue }
          let endpoint = BrokerEndpoint(id: broker.id, address: broker.address)
          group.addTask { await self.attempt(endpoint, isBootstrap: false, by: deadline) }
        }
      }
      let others = advertised.values.sorted { $0.id < $1.id }.map(\.address)
      return (configuration.bootstrap + others).compactMap { address in
        var check = checks.removeValue(forKey: address)
        check?.broker = advertised[address]
        return check
      }
    }
  }

  private struct Attempt: Sendable {
    var check: BrokerCheck
    var brokers: [ClusterMetadata.Broker] = []
  }

  private func attempt(_ endpoint: BrokerEndpoint, isBootstrap: Bool, by deadline: Instant) async -> Attempt {
    let start = runtime.loop.now
    var attempt = Attempt(
      check: BrokerCheck(address: endpoint.address, broker: nil, isBootstrap: isBootstrap, duration: .zero))
    let connection = newConnection(to: endpoint)
    do throws(KafkaError) {
      let version = try await connection.versions().require(MetadataRequest.self)
      let left = deadline - runtime.loop.now
      guard left > .zero else { throw .outOfTime }
      let response = try await connection.send(
        MetadataRequest(topics: [], allowAutoTopicCreation: version < 4), version: version,
        timeout: min(left, configuration.requestTimeout))
      attempt.brokers = ClusterMetadata(response).brokers
    } catch {
      attempt.check.error =
        isBootstrap ? error : error.hintingAtAdvertisedAddress(endpoint.address, bootstrap: configuration.bootstrap)
    }
    attempt.check.duration = runtime.loop.now - start
    await connection.close(KafkaError(.cancelled, "the check is done"))
    return attempt
  }
}
