import KafkaCompression
import KafkaProtocol
import Transport

/// The records of some partitions, batch by batch, in offset order within each partition.
///
/// Fetching begins with the first call of `next` and goes on ahead of the reader, within bounds.
public struct KafkaRecords: AsyncSequence, Sendable {
  /// A batch of records.
  public typealias Element = KafkaRecordBatch
  /// What reading fails with.
  public typealias Failure = KafkaError

  let client: KafkaClient
  let plan: @Sendable () async throws(KafkaError) -> [PartitionRange]
  let configuration: ConsumerConfiguration

  /// Begins to read; every iterator reads the same range for itself.
  public func makeAsyncIterator() -> Iterator {
    Iterator(reader: RecordReader(client: client, configuration: configuration, plan: plan))
  }

  /// Reads the batches in the order in which they come.
  public struct Iterator: AsyncIteratorProtocol {
    let reader: RecordReader

    /// The next batch, or nil when all that was asked for has been read.
    public mutating func next() async throws(KafkaError) -> KafkaRecordBatch? { try await reader.next() }

    /// The same; the actor makes no difference.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(KafkaError) -> KafkaRecordBatch? {
      try await reader.next()
    }
  }
}
