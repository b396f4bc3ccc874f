import Buffers
import KafkaClient
import Transport

/// Prints offsets of partitions: the first and the last, or those of one place.
package struct OffsetsJob: Job {
  var topics: [TopicSelection]
  /// What is asked for; the columns of the output.
  var positions: [OffsetPosition]
  var report: OffsetsReport
  var timeout: Duration

  package var isChainOfRequests: Bool { true }

  package func run(_ context: JobContext) async -> ExitStatus {
    var status = ExitStatus.success
    let deadline = context.runtime.loop.now + timeout
    do throws(KafkaError) {
      let partitions = try await selectedPartitions(context, by: deadline, &status)
      var columns: [[PartitionOffset]] = []
      for position in positions {
        columns.append(
          try await context.client.offsets(of: partitions, at: position, timeout: context.left(until: deadline)))
      }
      for answer in columns.joined() {
        if let error = answer.error { status = status.combined(with: context.fail(error)) }
      }
      let rows = try await rows(partitions, columns, context, by: deadline)
      var writer = OutputWriter(descriptor: context.outputDescriptor)
      report.append(rows, to: &writer.buffer, isTerminal: writer.isTerminal)
      do throws(OutputError) { try writer.flush() } catch { return context.fail(error) }
    } catch {
      return context.fail(error)
    }
    // Errors of single partitions are all of one kind to a script: not everything asked for is there.
    return status == .success ? .success : status == .denied || status == .brokenPipe ? status : .refused
  }

  /// The partitions asked for. A topic that does not exist is said so, and the others go on.
  private func selectedPartitions(
    _ context: JobContext, by deadline: Instant, _ status: inout ExitStatus
  ) async throws(KafkaError) -> [TopicPartition] {
    let metadata = try await context.client.metadata(
      topics: topics.map(\.topic), timeout: context.left(until: deadline))
    var partitions: [TopicPartition] = []
    for selection in topics {
      guard let topic = metadata.topic(selection.topic), topic.error == nil else {
        let error = metadata.topic(selection.topic)?.error ?? .unknownTopic(selection.topic)
        status = status.combined(with: context.fail(error))
        continue
      }
      let known = topic.partitions.map(\.index)
      if let missing = selection.partitions?.firstMissing(ofTopicWith: Int32(clamping: known.count)) {
        status = status.combined(
          with: context.fail(.unknownPartition(missing, of: selection.topic, count: known.count)))
      }
      partitions += known.filter { selection.partitions?.contains($0) ?? true }.map { .init(selection.topic, $0) }
    }
    return partitions
  }

  /// A place in time behind all records is the end: where the next record will be.
  private func rows(
    _ partitions: [TopicPartition], _ columns: [[PartitionOffset]], _ context: JobContext, by deadline: Instant
  ) async throws(KafkaError) -> [OffsetsReport.Row] {
    let behindAll = columns.joined().filter { $0.error == nil && $0.offset == nil }.map(\.partition)
    var ends: [TopicPartition: Int64] = [:]
    if !behindAll.isEmpty {
      for end in try await context.client.offsets(of: behindAll, at: .latest, timeout: context.left(until: deadline)) {
        ends[end.partition] = end.offset
      }
    }
    return partitions.indices.map { index in
      let partition = partitions[index]
      let offsets = columns.map { column in
        column[index].error == nil ? column[index].offset ?? ends[partition] : nil
      }
      return .init(topic: partition.topic, partition: partition.partition, offsets: offsets)
    }
  }
}
