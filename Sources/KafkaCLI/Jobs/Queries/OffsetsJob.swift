import Buffers
import KafkaClient
import Transport

/// Prints offsets of partitions: the first and the last, those of one place, or where segments begin.
package struct OffsetsJob: Job {
  /// What is asked for.
  enum Question: Hashable, Sendable {
    /// Places that brokers know: the columns of the output.
    case positions([OffsetPosition])
    /// The first record of a time, or the end where there is none.
    case time(Int64)
    /// The beginnings of so many segments that are older than a place.
    case segments(before: OffsetPosition, count: Int32)
  }

  var topics: [TopicSelection]
  var question: Question
  var report: OffsetsReport
  var timeout: Duration

  package var isChainOfRequests: Bool { true }

  package func run(_ context: JobContext) async -> ExitStatus {
    var status = ExitStatus.success
    let deadline = context.runtime.loop.now + timeout
    do throws(KafkaError) {
      let partitions = try await context.partitions(of: topics, by: deadline, &status)
      let answers = try await answers(for: partitions, context, by: deadline)
      for answer in answers {
        if let error = answer.error { status = status.combined(with: context.fail(error)) }
      }
      var writer = OutputWriter(descriptor: context.outputDescriptor)
      report.append(answers.map(\.row), to: &writer.buffer, isTerminal: writer.isTerminal)
      do throws(OutputError) { try writer.flush() } catch { return context.fail(error) }
    } catch {
      return context.fail(error)
    }
    return status.ofSomePartitions
  }

  /// A line of the output, and why it lacks something.
  private struct Answer {
    var row: OffsetsReport.Row
    var error: KafkaError?

    init(_ partition: TopicPartition, _ offsets: [Int64?], timestamp: Int64? = nil, _ error: KafkaError?) {
      row = .init(topic: partition.topic, partition: partition.partition, offsets: offsets, timestamp: timestamp)
      self.error = error
    }
  }

  private func answers(
    for partitions: [TopicPartition], _ context: JobContext, by deadline: Instant
  ) async throws(KafkaError) -> [Answer] {
    guard !partitions.isEmpty else { return [] }
    let (client, left) = (context.client, context.left(until: deadline))
    switch question {
    case .positions(let positions):
      let columns = try await client.offsets(of: partitions, at: positions, timeout: left)
      return partitions.indices.map { index in
        let answers = columns.map { $0[index] }
        // What keeps a partition from answering is the same for all of its columns, and said once.
        return Answer(
          partitions[index], answers.map(\.offset), timestamp: answers.count == 1 ? answers[0].timestamp : nil,
          answers.lazy.compactMap(\.error).first)
      }
    case .time(let milliseconds):
      return try await client.resolve(.timestamp(milliseconds), in: partitions, timeout: left).map {
        Answer($0.partition, [$0.offset], timestamp: $0.timestamp, $0.error)
      }
    case .segments(let position, let count):
      return try await client.segments(of: partitions, before: position, maximumCount: count, timeout: left).map {
        Answer($0.partition, $0.offsets, $0.error)
      }
    }
  }
}

extension ExitStatus {
  /// What failures of some partitions mean for a command that has done its work with the others: to a script they are
  /// all of one kind, as not everything asked for is there.
  var ofSomePartitions: ExitStatus { self == .unreachable || self == .unknownOutcome ? .refused : self }
}
