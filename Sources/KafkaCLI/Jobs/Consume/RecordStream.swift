import KafkaClient
import KafkaProtocol
import Synchronization
import Transport

/// The batches of a command's ranges, one after another, as they come. Used by one task, but for ``interrupt()``.
final class RecordStream: Sendable {
  private struct State {
    var reader: RecordReader?
    var isInterrupted = false
    var idle: IdleTimer?
    var skipped: SkippedBatches
  }

  /// What is to be read in all.
  let ranges: [PartitionRange]
  let context: JobContext
  private let consumer: ConsumerConfiguration
  private let skipsCorrupt: Bool
  private let state: Mutex<State>

  /// - Parameter skipsCorrupt: Whether damaged batches are reported and left out, and not the end.
  init(
    _ ranges: [PartitionRange], _ consumer: ConsumerConfiguration, skipsCorrupt: Bool, idleTimeout: Duration?,
    _ context: JobContext
  ) {
    self.ranges = ranges
    self.consumer = consumer
    self.skipsCorrupt = skipsCorrupt
    self.context = context
    state = Mutex(State(skipped: SkippedBatches(context.diagnostics)))
    let idle = IdleTimer(idleTimeout, runtime: context.runtime) { [weak self] in self?.interrupt() }
    state.withLock { $0.idle = idle }
  }

  /// Reads these ranges from now on.
  func begin(_ ranges: [PartitionRange]) async {
    await close()
    let reader = context.client.reader(of: ranges, consumer)
    let isInterrupted = state.withLock { state in
      state.reader = reader
      return state.isInterrupted
    }
    if isInterrupted { reader.interrupt() }
  }

  /// Lets nobody wait or read any more.
  func interrupt() {
    let reader = state.withLock { state in
      state.isInterrupted = true
      return state.reader
    }
    reader?.interrupt()
  }

  var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

  /// Whether nothing more will come.
  var isAtEnd: Bool { state.withLock { $0.reader }?.isAtEnd ?? true }

  /// Ends fetching.
  func close() async {
    let reader = state.withLock { $0.reader.take() }
    await reader?.close()
  }

  /// The next batch; nil when all has been read.
  func next() async throws(ConsumeFailure) -> KafkaRecordBatch? {
    guard let (reader, idle) = current else { return nil }
    idle?.begin()
    defer { idle?.end() }
    while true {
      do throws(KafkaError) { return try await reader.next() } catch { try skip(error, reader) }
    }
  }

  /// The next batch if it is there already.
  func nextWithoutWaiting() throws(ConsumeFailure) -> KafkaRecordBatch? {
    guard let (reader, _) = current else { return nil }
    while true {
      do throws(KafkaError) { return try reader.nextWithoutWaiting() } catch { try skip(error, reader) }
    }
  }

  private var current: (RecordReader, IdleTimer?)? {
    state.withLock { state in state.reader.map { ($0, state.idle) } }
  }

  private func skip(_ error: KafkaError, _ reader: RecordReader) throws(ConsumeFailure) {
    guard skipsCorrupt, error.code == .corruptRecords, reader.canReadOn else { throw .client(error) }
    state.withLock { $0.skipped.add(error) }
  }

  /// Leaves out the rest of a batch in which a record is damaged, or fails because of it.
  func skip(_ batch: KafkaRecordBatch, _ damage: RecordError) throws(ConsumeFailure) {
    let error = batch.corrupted(damage)
    guard skipsCorrupt else { throw .client(error) }
    state.withLock { $0.skipped.add(error) }
  }

  /// Says how many batches were left out in all, where not each was told of, and stops the clock.
  func finish() {
    state.withLock { state in
      state.idle?.stop()
      state.skipped.finish()
    }
  }
}
