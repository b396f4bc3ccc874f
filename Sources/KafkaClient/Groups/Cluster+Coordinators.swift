import KafkaProtocol
import Transport

/// Requests about groups, which only a group's coordinator answers.
extension Cluster {
  /// The codes by which a coordinator says that it is none now: it still reads the group's state, none is chosen yet,
  /// or it is another broker. All pass.
  private static let transientCodes: Set<ErrorCode> = [
    .coordinatorLoadInProgress, .coordinatorNotAvailable, .notCoordinator,
  ]

  /// Sends a request that may be repeated to a group's coordinator, which is looked up when it is first needed and when
  /// it has moved; again until `deadline` while there is none.
  ///
  /// - Parameters:
  ///   - codes: The error codes of an answer, of which those that pass by themselves are waited out.
  ///   - make: Makes the request for the version that was negotiated.
  /// - Throws: The last failure with the attempts before it.
  func perform<Request: WireRequest>(
    _ type: Request.Type, onCoordinatorOf group: String, in acceptable: ClosedRange<Int16>? = nil,
    by deadline: Instant, codes: @Sendable (Request.Response) -> [ErrorCode],
    _ make: @Sendable (Int16) throws(KafkaError) -> Request
  ) async throws(KafkaError) -> Request.Response {
    // A coordinator that never answers shall leave time to ask it over another connection.
    let attempt = (deadline - runtime.loop.now) / 3
    return try await retrying(by: deadline, in: .group) { [self] () async throws(KafkaError) in
      do throws(KafkaError) {
        let endpoint = try await coordinator(of: group, by: deadline)
        let (connection, versions) = try await connect(toCoordinator: endpoint)
        let version = try versions.require(type, in: acceptable)
        let left = deadline - runtime.loop.now
        guard left > .zero else { throw .outOfTime }
        let response = try await connection.send(
          try make(version), version: version, timeout: min(left, attempt, configuration.requestTimeout))
        if let code = codes(response).first(where: Self.transientCodes.contains) {
          throw KafkaError(code).during(apiName(type), at: endpoint.description)
        }
        return response
      } catch {
        // One that is still loading is the right one; after all else the group may be another broker's.
        if error.isRetriable, error.code != .broker(ErrorCode.coordinatorLoadInProgress.rawValue) {
          coordinators.forget(group)
          configuration.report(
            .debug, in: .group, "group \(group): its coordinator is looked up again: \(error.reason)")
        }
        throw error.about(group: group)
      }
    }
  }

  private func connect(
    toCoordinator endpoint: BrokerEndpoint
  ) async throws(KafkaError) -> (BrokerConnection, BrokerVersions) {
    do throws(KafkaError) {
      return try await connect(to: endpoint, for: .queries)
    } catch {
      throw error.hintingAtAdvertisedAddress(endpoint.address, bootstrap: configuration.bootstrap)
    }
  }

  /// Asks any broker which one coordinates the group, unless that is known.
  private func coordinator(of group: String, by deadline: Instant) async throws(KafkaError) -> BrokerEndpoint {
    if let known = coordinators.endpoint(of: group) { return known }
    let attempt = (deadline - runtime.loop.now) / 3
    let response = try await perform(FindCoordinatorRequest.self, on: .any, by: deadline, attempt: attempt) { version in
      version < 4 ? FindCoordinatorRequest(key: group) : FindCoordinatorRequest(coordinatorKeys: [group])
    }
    let endpoint = try BrokerEndpoint(coordinatorOf: group, in: response)
    coordinators.remember(endpoint, of: group)
    configuration.report(.debug, in: .group, "group \(group): coordinated by \(endpoint)")
    return endpoint
  }
}

extension BrokerEndpoint {
  /// Reads who coordinates a group: of several groups since version 4 (KIP-699), of one before.
  fileprivate init(coordinatorOf group: String, in response: FindCoordinatorResponse) throws(KafkaError) {
    let found =
      response.coordinators.first { $0.key == group }
      ?? .init(
        nodeId: response.nodeId, host: response.host, port: response.port, errorCode: response.errorCode,
        errorMessage: response.errorMessage)
    guard found.errorCode == .none else {
      let message = found.errorMessage.flatMap { $0.isEmpty || $0 == "NONE" ? nil : $0 }
      throw KafkaError(found.errorCode, message: message).during("FindCoordinator")
    }
    guard let port = UInt16(exactly: found.port), port > 0 else {
      throw KafkaError(.malformedResponse, "the answer names no coordinator").during("FindCoordinator")
    }
    self.init(id: found.nodeId, address: BrokerAddress(host: found.host, port: port))
  }
}
