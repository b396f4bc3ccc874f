import Buffers
import KafkaProtocol

/// How far the batches of an answer reach, read from their headers alone.
struct FetchedSpan {
  /// The offset after the last whole batch, or the smallest there is when there is none.
  private(set) var nextOffset = Int64.min
  private(set) var batchCount = 0
  /// Whether something behind the whole batches is no batch.
  private(set) var isDamaged = false
  /// Whether there is a part of a batch behind the whole ones.
  private(set) var isCut = false

  init(_ bytes: Bytes) {
    var reader = RecordSetReader(bytes)
    do throws(RecordError) {
      while let batch = try reader.next() {
        batchCount += 1
        nextOffset = max(nextOffset, batch.nextOffset)
      }
      isCut = reader.truncatedByteCount > 0
    } catch {
      isDamaged = true
    }
  }
}
