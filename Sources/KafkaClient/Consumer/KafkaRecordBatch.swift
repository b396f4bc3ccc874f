package import KafkaProtocol

/// Records of one partition in offset order, checked and decompressed.
///
/// Records are read where they lie: a record is a view that cannot outlive the call it is given to.
public struct KafkaRecordBatch: Sendable {
  /// The partition.
  public let partition: TopicPartition
  /// The offset that the next record of the partition will get, as of the fetch that brought this batch.
  public let highWatermark: Int64
  /// The batch as it was opened; it may begin before and end after the records that were asked for.
  package let opened: OpenedBatch
  /// The offsets that were asked for.
  package let wanted: Range<Int64>

  /// Calls `body` with each record.
  ///
  /// - Throws: What `body` throws, and `corruptRecords` where a record cannot be read; those before it were given out.
  public func forEach(_ body: (borrowing KafkaRecord) throws(KafkaError) -> Void) throws(KafkaError) {
    var records = opened.records
    while true {
      let record: RecordView?
      do throws(RecordError) { record = try records.next() } catch { throw corrupted(error) }
      guard let record else { return }
      guard wanted.contains(record.offset) else { continue }
      try body(KafkaRecord(record))
    }
  }

  /// Says of damage where it is.
  package func corrupted(_ error: RecordError) -> KafkaError {
    KafkaError(.init(error), "\(error)").about(partition.topic, partition.partition, offset: opened.baseOffset)
      .during("Fetch")
  }
}

/// One record, seen where it lies in its batch.
public struct KafkaRecord: ~Escapable {
  private let view: RecordView

  @_lifetime(copy view)
  init(_ view: borrowing RecordView) {
    self.view = copy view
  }

  /// The record's offset in its partition.
  public var offset: Int64 { view.offset }

  /// Milliseconds since 1970-01-01 UTC, or -1 for none.
  public var timestamp: Int64 { view.timestamp }

  /// The key, or nil when it is null.
  public var key: RawSpan? {
    @_lifetime(copy self)
    get { view.key }
  }

  /// The value, or nil when it is null.
  public var value: RawSpan? {
    @_lifetime(copy self)
    get { view.value }
  }

  /// Calls `body` with the name and value of each header, in order.
  public func forEachHeader(_ body: (_ name: RawSpan, _ value: RawSpan?) -> Void) {
    var headers = view.headers
    while let header = headers.next() { body(header.name, header.value) }
  }
}
