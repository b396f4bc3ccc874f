/// The records of one partition that are still in the hands of those who append: one open batch and the full ones.
///
/// Guarded by the accumulator's lock.
final class PartitionSlot {
  let partition: Int32
  var open: OpenBatch?
  var full: [FullBatch] = []
  /// Whether the producer has been told of this partition and has not looked yet.
  var isListed = false
  /// About how many bytes the next batch will have, judging by those before it; nil while there are none.
  private(set) var expectedBytes: Int?

  init(partition: Int32) { self.partition = partition }

  /// Ends the open batch, if there is one, and puts it behind the full ones.
  func close() {
    guard let batch = open.take() else { return }
    // One small batch does not make the next ones grow again from its size.
    expectedBytes = max(batch.byteCount, (expectedBytes ?? 0) / 2)
    full.append(batch.finish())
  }
}
