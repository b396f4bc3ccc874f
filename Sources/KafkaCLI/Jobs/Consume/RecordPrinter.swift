import Buffers
import KafkaClient
import KafkaProtocol

/// Chooses records, gives them their form and writes them, up to a number.
struct RecordPrinter: ~Copyable {
  private var writer: OutputWriter
  private let formatter: RecordFormatter
  private var matcher: FilterMatcher?
  private var labels: [TopicPartition: PartitionLabel] = [:]
  private var progress: ConsumeProgress?
  private let limit: Int64
  /// How many records may still be written.
  private(set) var left: Int64

  /// - Parameter limit: The most records to write; nil for all.
  init(
    _ writer: consuming OutputWriter, _ output: RecordOutput, filter: RecordFilter?, limit: Int64?,
    _ progress: ConsumeProgress?
  ) {
    formatter = RecordFormatter(output, style: writer.style)
    self.writer = writer
    matcher = filter.map { FilterMatcher($0) }
    self.limit = limit ?? .max
    left = limit ?? .max
    self.progress = progress
  }

  /// Writes the records of a batch that pass.
  ///
  /// - Returns: What is wrong with the batch behind the records that could be read, if something is.
  mutating func print(_ batch: KafkaRecordBatch) throws(ConsumeFailure) -> RecordError? {
    let origin = RecordOrigin(batch, label(of: batch.partition))
    // What does not change is at hand: otherwise it would be read anew for each record.
    let (formatter, wanted) = (formatter, batch.wanted)
    var records = batch.opened.records
    defer { tellProgress(batch) }
    while left > 0 {
      let record: RecordView?
      do throws(RecordError) { record = try records.next() } catch { return error }
      guard let record else { return nil }
      guard wanted.contains(record.offset), passes(record, origin.label) else { continue }
      do throws(FieldSizeError) { try formatter.append(record, of: origin, to: &writer.buffer) } catch {
        throw .client(batch.unreadable(error, at: record.offset))
      }
      do throws(OutputError) { try writer.flushIfFull() } catch { throw .output(error) }
      left -= 1
    }
    return nil
  }

  /// Appends the records of a batch that pass to a buffer, for them to be written later.
  ///
  /// - Parameter keep: Called behind each record with its time and offset, and with the buffer, which it may change.
  /// - Returns: What is wrong with the batch behind the records that could be read, if something is.
  mutating func collect(
    _ batch: KafkaRecordBatch, into buffer: inout BytesBuilder,
    _ keep: (_ timestamp: Int64, _ offset: Int64, inout BytesBuilder) -> Void
  ) throws(ConsumeFailure) -> RecordError? {
    let origin = RecordOrigin(batch, label(of: batch.partition))
    var records = batch.opened.records
    defer { tellProgress(batch) }
    while true {
      let record: RecordView?
      do throws(RecordError) { record = try records.next() } catch { return error }
      guard let record else { return nil }
      guard batch.wanted.contains(record.offset), passes(record, origin.label) else { continue }
      do throws(FieldSizeError) { try formatter.append(record, of: origin, to: &buffer) } catch {
        throw .client(batch.unreadable(error, at: record.offset))
      }
      keep(record.timestamp, record.offset, &buffer)
    }
  }

  /// Writes a record that was collected.
  mutating func print(collected bytes: RawSpan) throws(ConsumeFailure) {
    writer.buffer.append(bytes)
    do throws(OutputError) { try writer.flushIfFull() } catch { throw .output(error) }
    left -= 1
  }

  /// Writes a record that was collected into a buffer.
  mutating func print(_ range: Range<Int>, of buffer: borrowing BytesBuilder) throws(ConsumeFailure) {
    try print(collected: buffer.span.extracting(range))
  }

  mutating func flush() throws(ConsumeFailure) {
    do throws(OutputError) { try writer.flush() } catch { throw .output(error) }
  }

  private mutating func tellProgress(_ batch: KafkaRecordBatch) {
    progress?.wrote(batch, records: limit - left, bytes: writer.writtenBytes + Int64(writer.buffer.count))
  }

  private mutating func passes(_ record: borrowing RecordView, _ label: PartitionLabel) -> Bool {
    matcher?.matches(record, topic: label.topicBytes, partition: label.partition) ?? true
  }

  private mutating func label(of partition: TopicPartition) -> PartitionLabel {
    if let known = labels[partition] { return known }
    let label = PartitionLabel(topic: partition.topic, partition: partition.partition)
    labels[partition] = label
    return label
  }
}

extension RecordOrigin {
  init(_ batch: KafkaRecordBatch, _ label: PartitionLabel) {
    let opened = batch.opened.batch
    self.init(
      label: label, timestampType: opened.timestampType, leaderEpoch: opened.leaderEpoch,
      highWatermark: batch.highWatermark)
  }
}

extension KafkaRecordBatch {
  fileprivate func unreadable(_ error: FieldSizeError, at offset: Int64) -> KafkaError {
    KafkaError(.corruptRecords, error.message, hint: "leave it out of -f, or read on behind it with -o \(offset + 1)")
      .about(partition.topic, partition.partition, offset: offset)
  }
}
