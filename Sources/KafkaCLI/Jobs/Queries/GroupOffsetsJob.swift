import Buffers
import KafkaClient
import Transport

/// Prints what is committed for a group, and how far behind the ends that is.
package struct GroupOffsetsJob: Job {
  var group: String
  /// Empty for all that the group has an offset in.
  var topics: [TopicSelection]
  var report: GroupOffsetsReport
  var timeout: Duration

  package var isChainOfRequests: Bool { true }

  package func run(_ context: JobContext) async -> ExitStatus {
    var status = ExitStatus.success
    let deadline = context.runtime.loop.now + timeout
    do throws(KafkaError) {
      let asked = topics.isEmpty ? nil : try await context.partitions(of: topics, by: deadline, &status)
      let committed = try await context.client.committedOffsets(
        of: group, in: asked, timeout: context.left(until: deadline))
      let ends =
        committed.isEmpty
        ? []
        : try await context.client.offsets(
          of: committed.map(\.partition), at: .latest, timeout: context.left(until: deadline))
      for (committed, end) in zip(committed, ends) {
        if let error = committed.error ?? end.error { status = status.combined(with: context.fail(error)) }
      }
      if status == .success, !committed.contains(where: { $0.offset != nil }) {
        let place = topics.isEmpty ? "" : " there"
        context.diagnostics.error("group \(group) has no committed offset\(place)")
        status = .refused
      }
      let rows = zip(committed, ends).map { GroupOffsetsReport.Row($0, end: $1.offset) }
      var writer = OutputWriter(descriptor: context.outputDescriptor)
      report.append(rows, to: &writer.buffer, isTerminal: writer.isTerminal)
      do throws(OutputError) { try writer.flush() } catch { return context.fail(error) }
    } catch {
      return context.fail(error)
    }
    return status.ofSomePartitions
  }
}
