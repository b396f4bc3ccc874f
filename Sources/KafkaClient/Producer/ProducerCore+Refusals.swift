import Buffers
import KafkaCompression
import KafkaProtocol
import Transport

/// Batches that a broker refuses because of some of their records: those are refused alone, the others are sent again.
extension ProducerCore {
  // MARK: Too large

  /// Sends the halves of a batch that is too large; a single record is refused alone.
  func splitTooLarge(_ batch: PendingBatch, of queue: PartitionQueue, after error: KafkaError) {
    if batch.recordCount > 1 {
      // Kafka before 2.2 takes 1,000,012 bytes by default; whatever the limit is here, the next batches shall fit.
      let size = batch.sealed?.bytes.count ?? batch.heldBytes
      accumulator.limitBatches(of: queue.reference.topic, to: size > 1_000_000 ? 1_000_000 : max(size / 2, 1))
      clientConfiguration.report(.retry, "\(error); sending \(batch.recordCount) records as two batches")
      return sendHalves(of: batch, of: queue)
    }
    var error = error
    error.code = .recordTooLarge
    error.reason = "too large for the broker (\(error.reason))"
    refuseAll(batch, of: queue, error)
  }

  // MARK: Refused for what is in it

  /// Refuses the records that the broker names (KIP-467), and sends the others again.
  func refuse(
    _ errors: [ProduceResponse.Topic.Partition.RecordError], _ code: ErrorCode, of batch: PendingBatch,
    of queue: PartitionQueue, after error: KafkaError
  ) {
    var reasons: [Int: String] = [:]
    for named in errors where 0..<batch.recordCount ~= Int(named.batchIndex) {
      reasons[Int(named.batchIndex)] =
        code.name + (named.batchIndexErrorMessage.map { ": " + $0 } ?? "")
    }
    guard !reasons.isEmpty else { return searchRefused(batch, of: queue, after: error) }
    queue.mode = .draining
    let (kept, sizes): (DraftBatch?, [Int: Int])
    do throws(RecordError) { (kept, sizes) = try opened(batch).removing { reasons[$0] != nil } } catch {
      return refuseAll(batch, of: queue, Self.unreadable(error))
    }
    for (reason, places) in Dictionary(grouping: reasons.keys, by: { reasons[$0] ?? "" }).sorted(by: { $0.key < $1.key }
    ) {
      let chosen = Set(places)
      var error = error
      error.reason = reason
      let bytes = places.count == 1 ? places.first.flatMap { sizes[$0] } : nil
      count(batch.marks.divided(chosen.contains).chosen, bytes, as: refusal(of: batch, error))
    }
    guard let kept else {
      queue.removeLeavingGap(batch)
      accumulator.release(bytes: batch.heldBytes)
      return finishFlushes()
    }
    clientConfiguration.report(
      .retry, "\(error); sending \(kept.recordCount) of \(batch.recordCount) records without those refused")
    let marks = batch.marks.divided { reasons[$0] == nil }.chosen
    put([(kept, marks, batch.heldBytes)], inPlaceOf: batch, of: queue)
    finishFlushes()
  }

  /// Sends the halves of a batch of which the broker does not say which records it refuses, until those are alone.
  func searchRefused(_ batch: PendingBatch, of queue: PartitionQueue, after error: KafkaError) {
    let search = batch.search ?? RefusalSearch()
    guard batch.recordCount > 1, search.take() else { return refuseAll(batch, of: queue, error) }
    batch.search = search
    clientConfiguration.report(
      .retry, "\(error); sending \(batch.recordCount) records as two batches to find those refused")
    sendHalves(of: batch, of: queue)
  }

  /// Settles a batch as refused for good.
  private func refuseAll(_ batch: PendingBatch, of queue: PartitionQueue, _ error: KafkaError) {
    queue.mode = .draining
    let size = batch.recordCount == 1 ? try? opened(batch).removing { _ in true }.sizes[0] : nil
    settle(batch, of: queue, as: refusal(of: batch, error), recordBytes: size)
  }

  /// Counts records of a batch that is not settled as a whole.
  private func count(_ marks: RecordMarks, _ recordBytes: Int?, as outcome: Outcome) {
    switch outcome {
    case .unknown(var error):
      error.isOutcomeUnknown = true
      report.unknown += marks.numbers.count
      tell(marks, recordBytes, error)
    case .failed(let error):
      report.failed += marks.numbers.count
      tell(marks, recordBytes, error)
    case .acknowledged, .unconfirmed: preconditionFailure("a refusal is neither")
    }
  }

  // MARK: Parts of a batch

  private func sendHalves(of batch: PendingBatch, of queue: PartitionQueue) {
    queue.mode = .draining
    let halves: (first: DraftBatch, second: DraftBatch)?
    do throws(RecordError) { halves = try opened(batch).split() } catch {
      return refuseAll(batch, of: queue, Self.unreadable(error))
    }
    guard let (first, second) = halves else { return }
    let marks = batch.marks.divided { $0 < first.recordCount }
    let heldByFirst = batch.heldBytes / 2
    put(
      [(first, marks.chosen, heldByFirst), (second, marks.others, batch.heldBytes - heldByFirst)], inPlaceOf: batch,
      of: queue)
  }

  /// Seals drafts to be sent in the place of a batch, from its sequence number on.
  private func put(
    _ drafts: [(draft: DraftBatch, marks: RecordMarks, heldBytes: Int)], inPlaceOf batch: PendingBatch,
    of queue: PartitionQueue
  ) {
    var sequence = batch.identity?.baseSequence ?? 0
    let parts = drafts.map { draft, marks, heldBytes in
      nextNumber += 1
      let part = PendingBatch(
        number: nextNumber, recordCount: draft.recordCount, marks: marks, heldBytes: heldBytes,
        deadline: batch.deadline)
      part.identity = batch.identity
      part.identity?.baseSequence = sequence
      part.sequenceShift = batch.sequenceShift
      part.mayBeStored = batch.mayBeStored
      part.corruptions = batch.corruptions
      part.search = batch.search
      sequence = ProducerIdentity.sequence(sequence, advancedBy: draft.recordCount)
      return part
    }
    queue.replace(batch, by: parts)
    for (part, source) in zip(parts, drafts) { seal(source.draft, as: part, of: queue) }
  }

  /// Reads a sealed batch again. Costs decompressing it, and it is rarely needed.
  private func opened(_ batch: PendingBatch) throws(RecordError) -> OpenedBatch {
    var reader = RecordSetReader(batch.sealed?.bytes ?? .empty)
    guard let sealed = try reader.next() else { throw .bytesAfterLastRecord(0) }
    return try BatchOpener.open(sealed, limit: Int(Int32.max))
  }

  private static func unreadable(_ error: RecordError) -> KafkaError {
    KafkaError(.init(error), "cannot divide a batch: \(error)").during("Produce")
  }
}
