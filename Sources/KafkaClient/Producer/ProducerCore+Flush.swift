import Buffers
import KafkaProtocol
import Synchronization
import Transport

/// The end of what was appended: flushing it, giving it up, and knowing that it was read.
extension ProducerCore {
  /// How many bytes a broker is sent with acknowledgement 0 before it has said that it has read them: 8 MiB for all
  /// brokers together, but no less than one batch for each.
  var unconfirmedLimit: Int { max((8 << 20) / max(outboxes.count, 1), 1 << 20) }

  // MARK: Flush

  var isFlushing: Bool { report.settled < flushMark }

  /// Sends all that was appended before the call and waits until it is settled.
  func flush() async -> ProduceReport {
    let mark = accumulator.appendedRecords
    flushMark = max(flushMark, mark)
    attend()
    await withCheckedContinuation { continuation in
      // Not before: on the way into here others may have their turn, and settle the records.
      if report.settled < mark { flushers.append((mark, continuation)) } else { continuation.resume() }
    }
    if configuration.acknowledgement == .none { await confirmReading() }
    return report
  }

  func finishFlushes() {
    guard flushers.contains(where: { $0.mark <= report.settled }) else { return }
    let done = flushers.filter { $0.mark <= report.settled }
    flushers.removeAll { $0.mark <= report.settled }
    for flusher in done { flusher.continuation.resume() }
  }

  // MARK: Giving up

  /// Gives up all that is not settled, and whatever is appended from now on: what was never sent has failed, of the
  /// rest nobody knows.
  func abandon(_ error: KafkaError) {
    guard abandonment == nil else { return }
    abandonment = error
    stopWatching()
    accumulator.close()
    for queue in queues.values {
      for batch in queue.batches {
        if batch.state == .inFlight { batch.mayBeStored = true }
        let error = error.following(batch.failure).about(queue.topic, queue.partition)
          .during("Produce", at: queue.leader.map(name(of:)))
        settle(batch, of: queue, as: refusal(of: batch, error))
      }
    }
    giveUpAppended(error)
    // Nobody waits any longer for a broker to say that it has read what it was sent with acknowledgement 0.
    for outbox in outboxes.values where outbox.unconfirmedRecords > 0 {
      outbox.connection?.assumeIsolated { $0.close(error) }
    }
    lastReport.withLock { $0 = report }
    let owner = ObjectIdentifier(self)
    for outbox in outboxes.values { outbox.connection?.assumeIsolated { $0.stopNotifying(owner) } }
  }

  /// Settles what is still in the accumulator as failed.
  func giveUpAppended(_ error: KafkaError) {
    for (reference, full) in accumulator.takeAll() {
      let topic = topicNames[reference.topic.number]
      let broker = queues[reference]?.leader.map(name(of:))
      giveUp(full, error.about(topic, reference.partition).during("Produce", at: broker))
    }
    finishFlushes()
  }

  /// Settles a batch that was never sent as failed; flushes that wait for it are for the caller to finish.
  func giveUp(_ full: FullBatch, _ error: KafkaError) {
    report.failed += full.recordCount
    accumulator.release(bytes: full.heldBytes)
    tell(full.marks, nil, error)
  }

  // MARK: Acknowledgement 0

  /// Waits until each broker has read all that it was sent.
  private func confirmReading() async {
    for outbox in outboxes.values.sorted(by: { $0.broker < $1.broker }) {
      while outbox.unconfirmedRecords > 0, outbox.connection != nil {
        await withCheckedContinuation { continuation in askForConfirmation(outbox) { continuation.resume() } }
      }
    }
  }

  /// Asks a broker something, to know when it has read what it was sent before: brokers answer in order.
  func askForConfirmation(_ outbox: Outbox, then done: @escaping @Sendable () -> Void = {}) {
    guard let connection = outbox.connection, let versions = outbox.versions else { return done() }
    let (broker, records, bytes) = (outbox.broker, outbox.unconfirmedRecords, outbox.unconfirmedBytes)
    let canAskVersions = versions.highest(of: ApiVersionsRequest.self, in: 0...0) != nil
    outbox.isConfirming = true
    connection.assumeIsolated {
      let reply: @Sendable (Result<Bytes, KafkaError>) -> Void = { [weak self] result in
        self?.assumeIsolated { $0.confirmed(broker, connection, records: records, bytes: bytes, result) }
        done()
      }
      if canAskVersions {
        $0.submit(ApiVersionsRequest(), version: 0, reply: reply)
      } else {
        $0.submit(MetadataRequest(), version: 0, reply: reply)
      }
    }
  }

  private func confirmed(
    _ broker: Int32, _ connection: BrokerConnection, records: Int, bytes: Int, _ result: Result<Bytes, KafkaError>
  ) {
    let outbox = outbox(of: broker)
    guard outbox.connection === connection else { return }
    outbox.isConfirming = false
    guard case .success = result else { return connection.assumeIsolated { $0.close(Self.unreadError) } }
    outbox.unconfirmedRecords -= min(records, outbox.unconfirmedRecords)
    outbox.unconfirmedBytes -= min(bytes, outbox.unconfirmedBytes)
    dispatch(outbox)
  }

  private static let unreadError = KafkaError(.connectionLost, "the broker did not say that it has read the records")

  /// Records sent with acknowledgement 0 over a connection that has ended may never have been read.
  func loseUnconfirmed(of outbox: Outbox) {
    let lost = min(outbox.unconfirmedRecords, report.unconfirmed)
    report.unconfirmed -= lost
    report.unknown += lost
    (outbox.unconfirmedRecords, outbox.unconfirmedBytes, outbox.isConfirming) = (0, 0, false)
  }
}
