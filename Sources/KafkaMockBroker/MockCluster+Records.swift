import KafkaCompression
import KafkaProtocol
import Transport

extension MockCluster {
  /// Appends records to a partition as one batch, as if a client had produced them.
  ///
  /// - Returns: The offset of the first.
  @discardableResult
  public func append(
    _ records: [MockRecord], to topic: String, partition: Int32 = 0
  ) async throws(MockClusterError) -> Int64 {
    let batch = try Self.batch(records)
    let now = server.runtime.wallClock.milliseconds
    let base = await server.withState { state in
      state.withPartition(topic, partition) { $0.log.append([batch], leaderEpoch: $0.leaderEpoch, now: now) }
    }
    guard let base else { throw MockClusterError("there is no such partition: \(topic) \(partition)") }
    return base
  }

  /// The records of a partition, in the order of their offsets; none where there is no such partition.
  ///
  /// - Throws: Where a batch cannot be read, which a broker would not have accepted.
  public func records(of topic: String, partition: Int32 = 0) async throws(MockClusterError) -> [MockRecord] {
    guard let log = await server.state.partition(topic, partition)?.log else { return [] }
    do throws(RecordError) {
      var found: [MockRecord] = []
      for stored in log.batches { found += try Self.records(of: stored.recordBatch()) }
      return found.filter { $0.offset >= log.startOffset }
    } catch {
      throw MockClusterError("a batch of \(topic) \(partition) cannot be read: \(error)")
    }
  }

  private static func batch(_ records: [MockRecord]) throws(MockClusterError) -> IncomingBatch {
    // More than any record's fixed fields take, which are varints.
    let sizes = records.map { 64 + ($0.key?.count ?? 0) + ($0.value?.count ?? 0) + $0.headerSize }
    var builder = RecordBatchBuilder(capacity: sizes.reduce(128, +))
    for record in records {
      let headers = EncodedHeaders(record.headers.map { (name: $0.name, value: $0.value) })
      guard builder.append(record, headers) else { throw MockClusterError("too many records for one batch") }
    }
    do throws(RecordError) {
      var reader = RecordSetReader(try BatchSealer.seal(builder.finish()).bytes)
      if !records.isEmpty, let batch = try reader.next() {
        return IncomingBatch(batch, bytes: batch.bytes, codec: .none, recordCount: records.count)
      }
    } catch {
      throw MockClusterError("the records make no batch: \(error)")
    }
    throw MockClusterError("there are no records to append")
  }

  private static func records(of batch: RecordBatch) throws(RecordError) -> [MockRecord] {
    guard !batch.isControl else { return [] }
    let opened = try BatchOpener.open(batch, limit: MessageConversion.decompressionLimit)
    var found: [MockRecord] = []
    var records = opened.records
    while let record = try records.next() {
      var headers: [MockRecord.Header] = []
      var pairs = record.headers
      while let pair = pairs.next() {
        headers.append(
          MockRecord.Header(name: String(decoding: pair.name.copied, as: UTF8.self), value: copy(pair.value)))
      }
      var copied = MockRecord(
        key: copy(record.key), value: copy(record.value), headers: headers, timestamp: record.timestamp)
      copied.offset = record.offset
      found.append(copied)
    }
    return found
  }

  private static func copy(_ span: RawSpan?) -> [UInt8]? {
    switch span {
    case .some(let span): span.copied
    case .none: nil
    }
  }
}

extension RawSpan {
  fileprivate var copied: [UInt8] { withUnsafeBytes { Array($0) } }
}

extension MockRecord {
  fileprivate var headerSize: Int { headers.reduce(0) { $0 + 16 + $1.name.utf8.count + ($1.value?.count ?? 0) } }
}

extension RecordBatchBuilder {
  /// - Returns: Whether the record fitted.
  fileprivate mutating func append(_ record: MockRecord, _ headers: EncodedHeaders) -> Bool {
    let key = record.key ?? []
    let value = record.value ?? []
    return append(
      key: record.key == nil ? nil : key.span.bytes, value: record.value == nil ? nil : value.span.bytes,
      headers: headers, timestamp: record.timestamp)
  }
}
