import KafkaCompression
import KafkaProtocol
import Transport

/// The reading side of a consumer: opens what the loop has fetched. Used by one task, never on the loop.
///
/// Unchecked because one task alone calls it, but for ``interrupt()``, which touches only the queue.
package final class RecordReader: @unchecked Sendable {
  private let client: KafkaClient
  private let configuration: ConsumerConfiguration
  private let plan: @Sendable () async throws(KafkaError) -> [PartitionRange]
  private let queue = FetchedQueue()
  private var core: ConsumerCore?
  private var current: (fetched: FetchedRecords, sets: RecordSetReader, filter: AbortedTransactionFilter)?

  init(
    client: KafkaClient, configuration: ConsumerConfiguration,
    plan: @escaping @Sendable () async throws(KafkaError) -> [PartitionRange]
  ) {
    self.client = client
    self.configuration = configuration
    self.plan = plan
  }

  /// The next batch with at least one record that was asked for, or nil when all has been read.
  package func next() async throws(KafkaError) -> KafkaRecordBatch? {
    if core == nil { try await start() }
    while true {
      if let batch = try nextWithoutWaiting() { return batch }
      guard let fetched = try await queue.pop() else { return nil }
      begin(fetched)
    }
  }

  /// The next batch if it is there already. Nil says that ``next()`` may wait, so it is time to flush what was written.
  package func nextWithoutWaiting() throws(KafkaError) -> KafkaRecordBatch? {
    while true {
      if let batch = try nextOfCurrent() { return batch }
      guard let fetched = queue.popWithoutWaiting() else { return nil }
      begin(fetched)
    }
  }

  private func begin(_ fetched: FetchedRecords) {
    current = (fetched, RecordSetReader(fetched.bytes), AbortedTransactionFilter(fetched.abortedTransactions))
    // The one who fetches may have paused because of what was just taken.
    guard let core, queue.heldBytes < configuration.bufferBytes else { return }
    client.runtime.loop.execute { core.assumeIsolated { $0.fetchAll() } }
  }

  /// Ends fetching. What was fetched can still be read.
  package func close() async { await core?.close() }

  /// Ends reading from another thread, at the next batch; what was fetched and not read is dropped.
  package func interrupt() { queue.interrupt() }

  private func start() async throws(KafkaError) {
    let ranges = try await plan()
    let core = ConsumerCore(
      runtime: client.runtime, cluster: client.cluster, configuration: configuration, queue: queue)
    self.core = core
    await core.start(ranges)
  }

  private func nextOfCurrent() throws(KafkaError) -> KafkaRecordBatch? {
    guard let fetched = current?.fetched else { return nil }
    var offset = fetched.wanted.lowerBound
    do throws(RecordError) {
      while let batch = try current?.sets.next() {
        offset = max(offset, batch.baseOffset)
        // A batch that ends before what is wanted, or begins behind it, need not be opened.
        guard batch.nextOffset > fetched.wanted.lowerBound, batch.baseOffset < fetched.wanted.upperBound else {
          continue
        }
        guard try delivers(batch) else { continue }
        let opened = try BatchOpener.open(batch, limit: configuration.maximumBatchBytes)
        return KafkaRecordBatch(
          partition: fetched.partition, highWatermark: fetched.highWatermark, opened: opened, wanted: fetched.wanted)
      }
    } catch {
      current = nil
      throw KafkaError(
        .corruptRecords, "\(error)", hint: "read on behind it with -o and a later offset"
      ).about(fetched.partition.topic, fetched.partition.partition, offset: offset).during("Fetch")
    }
    current = nil
    return nil
  }

  private func delivers(_ batch: RecordBatch) throws(RecordError) -> Bool {
    guard configuration.isolation == .readCommitted else { return !batch.isControl }
    return try current?.filter.delivers(batch) ?? true
  }
}
