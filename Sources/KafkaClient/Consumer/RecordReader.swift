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
  private let memory: FetchedMemory
  private var core: ConsumerCore?
  private var current: (fetched: FetchedRecords, sets: RecordSetReader, filter: AbortedTransactionFilter)?

  init(
    client: KafkaClient, configuration: ConsumerConfiguration,
    plan: @escaping @Sendable () async throws(KafkaError) -> [PartitionRange]
  ) {
    self.client = client
    self.configuration = configuration
    self.plan = plan
    memory = FetchedMemory(limit: configuration.bufferBytes)
  }

  /// Ends fetching, for whoever stops reading before the end.
  deinit {
    guard let core else { return }
    client.runtime.loop.execute { core.assumeIsolated { $0.close() } }
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
  }

  /// Ends fetching. What was fetched can still be read.
  package func close() async {
    if !client.isClosed { await core?.close() }
  }

  /// Whether, after an error, reading can go on: behind a damaged batch, as its header says where the next one begins.
  package var canReadOn: Bool { current != nil }

  /// The memory of the answers that have not been read to their end.
  var heldBytes: Int { memory.heldBytes }

  /// Whether nothing more will come but what was fetched.
  package var isAtEnd: Bool { current == nil && queue.isAtEnd }

  /// Ends reading from another thread, at the next batch; what was fetched and not read is dropped.
  package func interrupt() { queue.interrupt() }

  private func start() async throws(KafkaError) {
    try configuration.check()
    try client.checkOpen()
    let ranges = try await plan()
    let core = ConsumerCore(
      runtime: client.runtime, cluster: client.cluster, configuration: configuration, queue: queue,
      memory: memory)
    self.core = core
    await core.start(ranges)
  }

  private func nextOfCurrent() throws(KafkaError) -> KafkaRecordBatch? {
    guard let fetched = current?.fetched else { return nil }
    // The batch that is being opened; none while the next one is looked for.
    var damaged: (offset: Int64, last: Int64)?
    do throws(RecordError) {
      while let batch = try current?.sets.next() {
        // A batch that ends before what is wanted, or begins behind it, need not be opened.
        guard batch.nextOffset > fetched.wanted.lowerBound, batch.baseOffset < fetched.wanted.upperBound else {
          continue
        }
        damaged = (batch.baseOffset, batch.lastOffset)
        guard try delivers(batch) else {
          damaged = nil
          continue
        }
        let opened = try BatchOpener.open(batch, limit: configuration.maximumBatchBytes)
        return KafkaRecordBatch(
          partition: fetched.partition, highWatermark: fetched.highWatermark, opened: opened, wanted: fetched.wanted)
      }
    } catch {
      throw corrupted(error, in: fetched, damaged)
    }
    current = nil
    return nil
  }

  /// Says of damage where it is. Behind a batch whose header could be read, reading can go on.
  private func corrupted(
    _ error: RecordError, in fetched: FetchedRecords, _ batch: (offset: Int64, last: Int64)?
  ) -> KafkaError {
    let offset = max(batch?.offset ?? 0, fetched.wanted.lowerBound)
    if batch == nil { current = nil }
    let reach = batch.flatMap { $0.last > offset ? ", in the batch up to offset \($0.last)" : nil } ?? ""
    return KafkaError(
      .init(error), "\(error)\(reach)", remedy: KafkaError.Code(error) == .corruptRecords ? .readBehindDamage : nil
    ).about(fetched.partition.topic, fetched.partition.partition, offset: offset).during("Fetch")
  }

  private func delivers(_ batch: RecordBatch) throws(RecordError) -> Bool {
    guard configuration.isolation == .readCommitted else { return !batch.isControl }
    return try current?.filter.delivers(batch) ?? true
  }
}
