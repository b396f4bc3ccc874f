/// What `kavka offsets commit`, `kavka offsets reset` or `kavka offsets delete` has been told.
package struct OffsetChangeArguments: Hashable, Sendable {
  /// What is done to a group's offsets.
  package enum Change: Hashable, Sendable {
    case commit([OffsetAssignment])
    /// No topics are all that the group has offsets in.
    case reset(StartPosition, [TopicSelection])
    case delete([TopicSelection])
  }

  package var common: CommonArguments
  package var group: String
  package var change: Change
  /// Whether nothing is changed.
  package var isDryRun: Bool
  /// Whether nobody is asked.
  package var isConfirmed: Bool
  package var isJSON: Bool

  package init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageError) {
    let table = parsed.table
    common = try CommonArguments(parsed, environment: environment)
    guard let group = try parsed.value(OffsetsCommitOptions.group, GroupName.parse) else {
      throw UsageError("no group is named", place: table.name, advice: "write -G GROUP")
    }
    self.group = group
    isDryRun = parsed.has(OffsetsCommitOptions.dryRun)
    isJSON = parsed.has(OffsetsCommitOptions.json)
    isConfirmed = parsed.isKnown(OffsetsDeleteOptions.yes) ? parsed.has(OffsetsDeleteOptions.yes) : true
    switch table.name {
    case OffsetsCommitOptions.table.name: change = .commit(try Self.assignments(parsed))
    case OffsetsResetOptions.table.name:
      guard let position = try parsed.value(OffsetsResetOptions.to, StartPosition.init(argument:)) else {
        throw UsageError("no place is named", place: table.name, advice: "write --to WHERE")
      }
      change = .reset(position, try Self.selections(parsed))
    default:
      change = .delete(try Self.selections(parsed))
      try Self.requireOperand(parsed)
    }
  }

  private static func assignments(_ parsed: ParsedArguments) throws(UsageError) -> [OffsetAssignment] {
    try requireOperand(parsed)
    var assignments: [OffsetAssignment] = []
    for operand in parsed.operands {
      let assignment = try OffsetAssignment(argument: operand.validText())
      guard !assignments.contains(where: { $0.selection.overlaps(assignment.selection) }) else {
        throw UsageError("'\(operand.text)' names a partition again", place: parsed.table.name)
      }
      assignments.append(assignment)
    }
    return assignments
  }

  private static func selections(_ parsed: ParsedArguments) throws(UsageError) -> [TopicSelection] {
    var selections: [TopicSelection] = []
    for operand in parsed.operands { selections.append(try TopicSelection(argument: operand.validText())) }
    return selections
  }

  private static func requireOperand(_ parsed: ParsedArguments) throws(UsageError) {
    guard parsed.operands.isEmpty else { return }
    throw UsageError("no topic is named", place: parsed.table.name, advice: "write \(parsed.table.usage)")
  }
}

extension TopicSelection {
  /// Whether a partition may be in both.
  fileprivate func overlaps(_ other: TopicSelection) -> Bool {
    guard topic == other.topic else { return false }
    guard let partitions, let others = other.partitions else { return true }
    return partitions.ranges.contains { range in others.ranges.contains { $0.overlaps(range) } }
  }
}
