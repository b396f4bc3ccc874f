import Buffers
import KafkaProtocol
import Transport

/// Making a connection: name and address, then what the broker speaks.
extension BrokerConnection {
  /// A channel on which requests can be sent, and their versions.
  struct Established: Sendable {
    var channel: any Channel
    var versions: BrokerVersions
  }

  /// A request during set-up and who waits for its answer.
  struct Handshake {
    var channel: any Channel
    var timers: [TimerID]
    /// Whether the broker may turn out not to know the question, and is nudged where it is silent.
    var mayBeUnknown: Bool
    var continuation: CheckedContinuation<Result<Bytes, TransportError>, Never>
  }

  /// Connects and finds out the versions.
  ///
  /// A broker that closes the connection on ApiVersions may dislike its version (some proxies do) or may not know it
  /// at all (Kafka 0.8). So it is asked with the current version, then with version 0, then it is spoken to as
  /// Kafka 0.8 and 0.9 understand; each on a connection of its own. A broker that answers only then may have been
  /// starting before, so it is asked once more. What worked is remembered for the next time.
  func establish() async throws(KafkaError) -> Established {
    let deadline = runtime.loop.now + configuration.connectionTimeout
    let firstProbe = memory.firstProbe(for: endpoint.address)
    var probe = firstProbe
    while true {
      let channel = try await connect(by: deadline)
      do throws(KafkaError) {
        let versions = try await negotiate(probe, on: channel, by: deadline)
        if probe == .beforeApiVersions, firstProbe != probe, let newer = await askOnceMore(by: deadline) {
          channel.close()
          memory.forget(endpoint.address)
          configuration.report(.debug, in: .protocol, "\(endpoint) speaks \(newer.versions)")
          return newer
        }
        memory.remember(versions.isBeforeApiVersions ? .beforeApiVersions : probe, for: endpoint.address)
        configuration.report(.debug, in: .protocol, "\(endpoint) speaks \(versions)")
        return Established(channel: channel, versions: versions)
      } catch {
        channel.close()
        memory.forget(endpoint.address)
        guard error.code == .connectionLost else { throw error }
        guard let next = probe.next else {
          throw KafkaError(
            .connectionLost, "the broker closes the connection on every first request",
            hint: "does this port expect TLS or SASL? is it a Kafka broker?"
          ).following(error)
        }
        configuration.report(
          .debug, in: .protocol, "\(endpoint) closes the connection instead of answering; asking in an older way")
        probe = next
      }
    }
  }

  /// Asks for versions again what has answered an older question.
  ///
  /// - Returns: Nil where the broker does not know the question.
  private func askOnceMore(by deadline: Instant) async -> Established? {
    guard let channel = try? await connect(by: deadline) else { return nil }
    guard let versions = try? await negotiate(.oldest, on: channel, by: deadline), !versions.isBeforeApiVersions else {
      channel.close()
      return nil
    }
    return Established(channel: channel, versions: versions)
  }

  private func connect(by deadline: Instant) async throws(KafkaError) -> any Channel {
    let channel: any Channel
    do throws(TransportError) {
      channel = try await runtime.network.connect(
        to: endpoint.address.host, port: endpoint.address.port, family: configuration.addressFamily, deadline: deadline)
    } catch {
      throw KafkaError(error)
    }
    channel.start(self, maximumFrameSize: configuration.maximumResponseBytes)
    return channel
  }

  private func negotiate(
    _ probe: VersionProbe, on channel: any Channel, by deadline: Instant
  ) async throws(KafkaError) -> BrokerVersions {
    switch probe {
    case .current: return try await askVersions(VersionProbe.currentVersion, on: channel, by: deadline)
    case .oldest: return try await askVersions(0, on: channel, by: deadline)
    case .beforeApiVersions:
      // A question that every Kafka broker answers, so that anything else that listens here is found out now.
      let frame = try await exchange(Self.oldestQuestion, version: 0, on: channel, by: deadline)
      _ = try decode(MetadataResponse.self, from: frame, version: 0)
      return .beforeApiVersions
    }
  }

  private func askVersions(
    _ version: Int16, isFirst: Bool = true, on channel: any Channel, by deadline: Instant
  ) async throws(KafkaError) -> BrokerVersions {
    let request = ApiVersionsRequest(clientSoftwareName: "kavka", clientSoftwareVersion: kavkaVersion)
    let frame = try await exchange(request, version: version, mayBeUnknown: isFirst, on: channel, by: deadline)
    // Brokers answer in order. So an answer to the nudge means that what came before it is never answered.
    if Self.isAnswerToNudge(frame) { return .beforeApiVersions }
    if version > 0, ResponseFrame.refusesVersion(frame) {
      // The refusal names what the broker speaks (KIP-511), or nothing that can be read, and then version 0 is safe.
      let refusal = try? decode(ApiVersionsResponse.self, from: frame, version: version)
      let offered = refusal?.apiKeys.first { $0.apiKey == ApiVersionsRequest.apiKey }?.maxVersion ?? 0
      var versions = try await askVersions(
        (0..<version).contains(offered) ? offered : 0, isFirst: false, on: channel, by: deadline)
      // So refuses librdkafka's mock cluster of 2.0, which also writes leader epochs of twice their width here.
      if refusal == nil { versions.limit(ListOffsetsRequest.self, to: 3) }
      return versions
    }
    let response = try decode(ApiVersionsResponse.self, from: frame, version: version)
    guard response.errorCode == .none else { throw KafkaError(response.errorCode) }
    return BrokerVersions(response)
  }

  // MARK: One request at a time

  /// How long a broker may be silent before it is nudged.
  private static let silence: Duration = .milliseconds(300)
  /// The number of the nudge; other requests have numbers from 0 up.
  private static let nudgeID: Int32 = .min
  private static let oldestQuestion = MetadataRequest(topics: [])

  static func isAnswerToNudge(_ frame: Bytes) -> Bool { (try? ResponseFrame.correlationID(of: frame)) == nudgeID }

  private func exchange<Request: WireRequest>(
    _ request: Request, version: Int16, mayBeUnknown: Bool = false, on channel: any Channel, by deadline: Instant
  ) async throws(KafkaError) -> Bytes {
    let segments = try encode(request, version: version, correlationID: 0)
    let (label, sentAt) = (label(Request.self, version, 0), runtime.loop.now)
    let result: Result<Bytes, TransportError> = await withCheckedContinuation { continuation in
      // On the way into here the connection may have been given up.
      if isClosed { return continuation.resume(returning: .failure(.cancelled)) }
      let timer = runtime.loop.schedule(at: deadline) { [weak self] in
        self?.assumeIsolated { _ = $0.finishHandshake(on: channel, .failure(.timedOut([]))) }
      }
      let nudge = runtime.loop.schedule(at: runtime.loop.now + Self.silence) { [weak self] in
        self?.assumeIsolated { $0.nudge(channel) }
      }
      handshake = Handshake(
        channel: channel, timers: [timer, nudge], mayBeUnknown: mayBeUnknown, continuation: continuation)
      write(segments, label, to: channel)
    }
    switch result {
    case .success(let frame):
      noteAnswer(frame, to: label, sentAt: sentAt)
      return frame
    case .failure(.timedOut):
      throw KafkaError(
        .timedOut, "connected, but no answer to the first request within \(configuration.connectionTimeout.short)",
        hint: "does this port expect TLS?")
    case .failure(let error): throw KafkaError(error)
    }
  }

  /// Kafka 0.9 neither answers ApiVersions nor closes the connection. A second request tells it from a slow broker.
  private func nudge(_ channel: any Channel) {
    guard let handshake, handshake.channel === channel, handshake.mayBeUnknown else { return }
    if let segments = try? encode(Self.oldestQuestion, version: 0, correlationID: Self.nudgeID) {
      write(segments, label(MetadataRequest.self, 0, Self.nudgeID), to: channel)
    }
  }

  /// Ends the exchange that is under way on `channel`, if there is one.
  func finishHandshake(on channel: any Channel, _ result: Result<Bytes, TransportError>) -> Bool {
    guard let current = handshake, current.channel === channel else { return false }
    // A broker that has refused a version knows the question; a nudge before that may be answered behind the refusal.
    if !current.mayBeUnknown, case .success(let frame) = result, Self.isAnswerToNudge(frame) { return true }
    handshake = nil
    for timer in current.timers { runtime.loop.cancel(timer) }
    current.continuation.resume(returning: result)
    return true
  }
}
