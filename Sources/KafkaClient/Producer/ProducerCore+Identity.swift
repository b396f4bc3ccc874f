import KafkaProtocol
import Transport

/// The id and epoch under which a broker recognises what it has stored already (KIP-98).
enum ProducerIdentityState {
  /// Not idempotent: batches carry no numbers.
  case none
  case known(ProducerIdentity, number: Int)
  /// Another is asked for; batches in the queues keep waiting.
  case renewing(number: Int)

  var current: ProducerIdentity? { if case .known(let identity, _) = self { identity } else { nil } }
}

extension ProducerCore {
  /// Asks for an identity, where the configuration wants one and the brokers know them.
  func obtainFirstIdentity(by deadline: Instant) async throws(KafkaError) {
    guard configuration.isIdempotent, configuration.acknowledgement == .all else { return }
    let (_, versions) = try await cluster.reachAny(by: deadline)
    guard versions.highest(of: InitProducerIdRequest.self) != nil,
      versions.highest(of: ProduceRequest.self, in: 3...12) != nil
    else {
      return clientConfiguration.report(
        .retry, in: .producer, "the brokers are older than 0.11: a retry may store records twice")
    }
    do throws(KafkaError) {
      identity = .known(try await askForIdentity(by: deadline), number: 0)
    } catch {
      guard case .broker(ErrorCode.clusterAuthorizationFailed.rawValue) = error.code else { throw error }
      clientConfiguration.report(
        .deviation, in: .producer, "not allowed to produce idempotently: a retry may store records twice")
    }
  }

  private func askForIdentity(by deadline: Instant) async throws(KafkaError) -> ProducerIdentity {
    let response = try await cluster.perform(
      InitProducerIdRequest.self, on: .any, by: deadline, attempt: (deadline - runtime.loop.now) / 3
    ) { _ in
      InitProducerIdRequest(transactionalId: nil, transactionTimeoutMs: Int32.max, producerId: -1, producerEpoch: -1)
    } refusal: {
      $0.errorCode
    }
    clientConfiguration.report(
      .debug, in: .producer, "producer id \(response.producerId), epoch \(response.producerEpoch)")
    return ProducerIdentity(
      id: response.producerId, epoch: response.producerEpoch, baseSequence: 0, isTransactional: false)
  }

  /// Asks for another identity, because sequence numbers of the present one can no longer be trusted.
  func renewIdentity() {
    guard case .known(_, let number) = identity, !isAbandoned else { return }
    identity = .renewing(number: number + 1)
    cluster.tasks.start { await self.renew(number: number + 1) }
  }

  private func renew(number: Int) async {
    while case .renewing(number) = identity, !isAbandoned {
      do throws(KafkaError) {
        let fresh = try await askForIdentity(by: runtime.loop.now + configuration.deliveryTimeout)
        identity = .known(fresh, number: number)
        dispatchAll()
      } catch {
        guard error.isRetriable else { return abandon(error) }
        noteTrouble(error)
      }
    }
  }

  /// Lets a partition number its batches under the present identity, once nothing of the old one is in flight.
  ///
  /// - Returns: Whether the partition may send.
  func adoptIdentity(_ queue: PartitionQueue) -> Bool {
    switch identity {
    case .none: return true
    case .renewing: return false
    case .known(let identity, let number):
      if queue.identityNumber == number { return true }
      guard queue.inFlight == 0 else { return false }
      reseal(queue.renumber(identity, number: number))
      return true
    }
  }
}
