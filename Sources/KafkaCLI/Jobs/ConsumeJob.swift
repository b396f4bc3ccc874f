import Buffers
import KafkaClient
import KafkaProtocol
import Transport

/// Reads records of topics and writes them to standard output.
package struct ConsumeJob: Job {
  var topics: [TopicSelection]
  var start: RecordPosition
  var end: RecordPosition?
  var count: Int64?
  var idleTimeout: Duration?
  var output: RecordOutput
  /// Whether progress is told even where no terminal is free for it.
  var tellsProgress: Bool
  var consumer: ConsumerConfiguration

  package var isChainOfRequests: Bool { false }

  package func run(_ context: JobContext) async -> ExitStatus {
    do throws(KafkaError) {
      let partitions = try await selectedPartitions(context)
      let ranges = try await context.client.ranges(
        of: partitions, from: start, until: end, isolation: consumer.isolation)
      let reader = context.client.reader(of: ranges, consumer)
      let watch = OutputWatch(descriptor: context.outputDescriptor, runtime: context.runtime)
      context.interrupts.handle { _, count in
        if count > 1 { context.interrupts.leave() }
        reader.interrupt()
      }
      let idle = IdleTimer(idleTimeout, runtime: context.runtime) { reader.interrupt() }
      watch.start { reader.interrupt() }
      let progress = ConsumeProgress(
        ranges, count: count, stopsAtEnd: consumer.stopsAtEnd, isAsked: tellsProgress, context)
      let status = await copy(from: reader, idle, progress, context)
      watch.stop()
      idle.stop()
      await reader.close()
      if watch.isReaderGone { return .brokenPipe }
      if let signal = context.interrupts.signal { return .signal(signal) }
      return status
    } catch {
      return context.fail(error)
    }
  }

  private func selectedPartitions(_ context: JobContext) async throws(KafkaError) -> [TopicPartition] {
    var partitions: [TopicPartition] = []
    for selection in topics {
      let known = try await context.client.partitions(of: selection.topic)
      if let missing = selection.partitions?.firstMissing(ofTopicWith: Int32(clamping: known.count)) {
        throw .unknownPartition(missing, of: selection.topic, count: known.count)
      }
      partitions += known.filter { selection.partitions?.contains($0) ?? true }.map { .init(selection.topic, $0) }
    }
    return partitions
  }

  /// Writes batches as they come. Output is flushed when nothing more is ready, and at the end.
  private func copy(
    from reader: RecordReader, _ idle: IdleTimer, _ progress: ConsumeProgress?, _ context: JobContext
  ) async -> ExitStatus {
    var progress = progress
    defer { progress?.stop() }
    var writer = OutputWriter(descriptor: context.outputDescriptor)
    let formatter = RecordFormatter(output, style: writer.style)
    var labels: [TopicPartition: PartitionLabel] = [:]
    var left = count ?? .max
    var failure: KafkaError?
    do throws(OutputError) {
      while left > 0 {
        var batch: KafkaRecordBatch?
        do throws(KafkaError) { batch = try reader.nextWithoutWaiting() } catch { failure = error }
        if batch == nil, failure == nil {
          try writer.flush()
          idle.begin()
          do throws(KafkaError) { batch = try await reader.next() } catch { failure = error }
        }
        idle.end()
        guard let batch else { break }
        let label = labels[batch.partition] ?? PartitionLabel(batch.partition)
        labels[batch.partition] = label
        failure = try write(batch, label, formatter, to: &writer, &left)
        progress?.wrote(
          batch, records: (count ?? .max) - left, bytes: writer.writtenBytes + Int64(writer.buffer.count))
        if failure != nil { break }
      }
      try writer.flush()
    } catch {
      return context.fail(error)
    }
    guard let failure, failure.code != .cancelled else { return .success }
    return context.fail(failure)
  }

  private func write(
    _ batch: KafkaRecordBatch, _ label: PartitionLabel, _ formatter: RecordFormatter, to writer: inout OutputWriter,
    _ left: inout Int64
  ) throws(OutputError) -> KafkaError? {
    var records = batch.opened.records
    let origin = RecordOrigin(batch, label)
    while left > 0 {
      let record: RecordView?
      do throws(RecordError) { record = try records.next() } catch { return batch.corrupted(error) }
      guard let record else { return nil }
      guard batch.wanted.contains(record.offset) else { continue }
      do throws(FieldSizeError) { try formatter.append(record, of: origin, to: &writer.buffer) } catch {
        return batch.unreadable(error, at: record.offset)
      }
      try writer.flushIfFull()
      left -= 1
    }
    return nil
  }
}

extension PartitionLabel {
  init(_ partition: TopicPartition) { self.init(topic: partition.topic, partition: partition.partition) }
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
