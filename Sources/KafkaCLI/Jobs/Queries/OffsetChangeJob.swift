import Buffers
import KafkaClient
import Transport

/// Changes what is committed for a group that has no members, and prints what was before and what is now.
package struct OffsetChangeJob: Job {
  enum Change: Hashable, Sendable {
    case commit([Assignment])
    /// No topics are all that the group has offsets in.
    case reset(RecordPosition, [TopicSelection])
    case delete([TopicSelection])
  }

  /// Partitions and where the group is to go on reading them.
  struct Assignment: Hashable, Sendable {
    var selection: TopicSelection
    var position: RecordPosition
  }

  var group: String
  var change: Change
  var isDryRun: Bool
  /// Whether nobody is to be asked before something is deleted.
  var isConfirmed: Bool
  var isJSON: Bool
  var timeout: Duration

  package var isChainOfRequests: Bool { isConfirmed || isDryRun }

  package func run(_ context: JobContext) async -> ExitStatus {
    var status = ExitStatus.success
    let deadline = context.runtime.loop.now + timeout
    do throws(KafkaError) {
      try await refuseMembers(context, by: deadline)
      var plan = try await plan(context, by: deadline, &status)
      guard !plan.isEmpty else { return status.ofSomePartitions }
      if !isDryRun {
        guard isAllowed(plan, context) else { return .refused }
        // Whoever was asked may have taken his time.
        try await carryOut(&plan, context, by: isConfirmed ? deadline : context.runtime.loop.now + timeout)
      }
      for change in plan { if let error = change.error { status = status.combined(with: context.fail(error)) } }
      var writer = OutputWriter(descriptor: context.outputDescriptor)
      OffsetChangeReport(plan).append(isJSON: isJSON, to: &writer.buffer, isTerminal: writer.isTerminal)
      do throws(OutputError) { try writer.flush() } catch { return context.fail(error) }
      if isDryRun { context.diagnostics.note("nothing was changed: --dry-run") }
    } catch {
      return context.fail(error)
    }
    return status.ofSomePartitions
  }

  /// Members would go on from where they are and commit that.
  private func refuseMembers(_ context: JobContext, by deadline: Instant) async throws(KafkaError) {
    guard let found = try await context.client.describeGroup(group, timeout: context.left(until: deadline)),
      !found.members.isEmpty
    else { return }
    let shown = 5
    let names = found.members.prefix(shown).map { "\($0.clientID) at \($0.host)" }.joined(separator: ", ")
    let more = found.members.count > shown ? ", …" : ""
    let count = found.members.count == 1 ? "1 member" : "\(found.members.count) members"
    throw KafkaError(
      .invalidArgument, "group \(group) is in the state \(found.state) and has \(count): \(names)\(more)",
      hint: "stop them first")
  }

  // MARK: What is to be done

  private func plan(
    _ context: JobContext, by deadline: Instant, _ status: inout ExitStatus
  ) async throws(KafkaError) -> [PlannedChange] {
    switch change {
    case .commit(let assignments):
      let partitions = try await context.partitions(of: assignments.map(\.selection), by: deadline, &status)
      let committed = try await committed(in: partitions, context, by: deadline)
      var plan = committed.map(PlannedChange.init)
      for position in Set(assignments.map(\.position)) {
        let indices = partitions.indices.filter { index in
          assignments.contains { $0.position == position && $0.selection.contains(partitions[index]) }
        }
        try await move(&plan, indices, to: position, context, by: deadline)
        try await bound(&plan, indices, of: position, context, by: deadline)
      }
      return plan
    case .reset(let position, let topics):
      let partitions = topics.isEmpty ? nil : try await context.partitions(of: topics, by: deadline, &status)
      var plan = try await committed(in: partitions, context, by: deadline).map(PlannedChange.init)
      if plan.isEmpty, topics.isEmpty { status = refuseNothing("name the topics", context) }
      try await move(&plan, Array(plan.indices), to: position, context, by: deadline)
      try await bound(&plan, Array(plan.indices), of: position, context, by: deadline)
      return plan
    case .delete(let topics):
      let committed = try await committed(in: nil, context, by: deadline)
      for topic in topics where !committed.contains(where: { topic.contains($0.partition) }) {
        context.diagnostics.error("group \(group) has no committed offset in \(topic.topic)")
        status = .refused
      }
      return committed.filter { committed in topics.contains { $0.contains(committed.partition) } }
        .map(PlannedChange.init)
    }
  }

  private func committed(
    in partitions: [TopicPartition]?, _ context: JobContext, by deadline: Instant
  ) async throws(KafkaError) -> [CommittedOffset] {
    try await context.client.committedOffsets(of: group, in: partitions, timeout: context.left(until: deadline))
  }

  private func refuseNothing(_ hint: String, _ context: JobContext) -> ExitStatus {
    context.diagnostics.error("group \(group) has no committed offset; \(hint)")
    return .refused
  }

  /// Finds the offsets of a place. A partition where that fails stays as it is.
  private func move(
    _ plan: inout [PlannedChange], _ indices: [Int], to position: RecordPosition, _ context: JobContext,
    by deadline: Instant
  ) async throws(KafkaError) {
    guard !indices.isEmpty else { return }
    let places = try await context.client.resolve(
      position, in: indices.map { plan[$0].partition }, timeout: context.left(until: deadline))
    for (index, place) in zip(indices, places) {
      plan[index].error = plan[index].error ?? place.error
      if plan[index].error == nil { plan[index].target = place.offset }
    }
  }

  /// Sees to targets that are outside of their partition: a group there would begin elsewhere. What is reset goes to
  /// the nearer end, as Kafka's own tool has it; an offset to commit was meant for this very partition, and is refused.
  private func bound(
    _ plan: inout [PlannedChange], _ indices: [Int], of position: RecordPosition, _ context: JobContext,
    by deadline: Instant
  ) async throws(KafkaError) {
    switch position {
    case .earliest, .latest, .fromEnd, .timestamp: return
    case .offset, .fromStart: break
    }
    let indices = indices.filter { plan[$0].target != nil }
    guard !indices.isEmpty else { return }
    let ends = try await context.client.offsets(
      of: indices.map { plan[$0].partition }, at: [.earliest, .latest], timeout: context.left(until: deadline))
    for (place, index) in indices.enumerated() {
      guard let target = plan[index].target, let first = ends[0][place].offset, let last = ends[1][place].offset,
        first <= last
      else {
        plan[index].error = ends[0][place].error ?? ends[1][place].error
        plan[index].target = nil
        continue
      }
      let inside = min(max(target, first), last)
      guard inside != target else { continue }
      let partition = plan[index].partition
      if case .reset = change {
        plan[index].target = inside
        context.diagnostics.note("\(partition): offset \(target) is not there, so it is \(inside)")
      } else {
        plan[index].target = nil
        let end = target > last ? "ends at \(last)" : "begins at \(first)"
        plan[index].error = KafkaError(
          .invalidArgument, "offset \(target) is not there; the partition \(end)"
        ).about(partition.topic, partition.partition)
      }
    }
  }

  // MARK: Doing it

  /// Asks for the group's name where something is deleted.
  private func isAllowed(_ plan: [PlannedChange], _ context: JobContext) -> Bool {
    guard case .delete = change, !isConfirmed else { return true }
    let count = plan.count == 1 ? "1 offset" : "\(plan.count) offsets"
    switch context.confirmation.ask("delete \(count) of group \(group)? type the name of the group: ", context) {
    case .none:
      context.diagnostics.error("\(count) of group \(group) would be deleted; add --yes")
      return false
    case group?: return true
    case .some:
      context.diagnostics.error("that is not the name of the group: nothing was deleted")
      return false
    }
  }

  private func carryOut(
    _ plan: inout [PlannedChange], _ context: JobContext, by deadline: Instant
  ) async throws(KafkaError) {
    let left = context.left(until: deadline)
    let outcomes: [PartitionOutcome]
    if case .delete = change {
      outcomes = try await context.client.deleteOffsets(
        in: plan.filter { $0.error == nil }.map(\.partition), of: group, timeout: left)
    } else {
      let commits = plan.compactMap { change in change.target.map { OffsetToCommit(change.partition, offset: $0) } }
      outcomes = try await context.client.commit(commits, for: group, timeout: left)
    }
    let failures = Dictionary(outcomes.map { ($0.partition, $0.error) }) { first, _ in first }
    for index in plan.indices { plan[index].error = plan[index].error ?? failures[plan[index].partition] ?? nil }
  }
}

extension TopicSelection {
  func contains(_ partition: TopicPartition) -> Bool {
    topic == partition.topic && partitions?.contains(partition.partition) ?? true
  }
}
