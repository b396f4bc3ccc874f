import KafkaClient
import Transport

extension OffsetsJob {
  /// The job that the arguments of `offsets` describe.
  ///
  /// - Parameter now: Milliseconds since 1970-01-01 UTC, from which places in the past are counted.
  init(_ arguments: OffsetsArguments, now: Int64) {
    let question: Question =
      if let before = arguments.before {
        .segments(before: OffsetPosition(before, now: now), count: arguments.maximumSegments)
      } else {
        switch arguments.at.map({ OffsetPosition($0, now: now) }) {
        case nil: .positions([.earliest, .latest])
        case .timestamp(let milliseconds): .time(milliseconds)
        case let position?: .positions([position])
        }
      }
    self.init(
      topics: arguments.topics, question: question, report: OffsetsReport(arguments),
      timeout: arguments.common.timeout)
  }
}

extension GroupOffsetsJob {
  /// The job that the arguments of `offsets` with a group describe.
  init(_ arguments: OffsetsArguments, of group: String) {
    self.init(
      group: group, topics: arguments.topics,
      report: GroupOffsetsReport(form: arguments.form, isSum: arguments.isSum), timeout: arguments.common.timeout)
  }
}

extension OffsetsArguments {
  /// The job that is asked for.
  func job(now: Int64) -> any Job {
    if let group { GroupOffsetsJob(self, of: group) } else { OffsetsJob(self, now: now) }
  }
}

extension OffsetChangeJob {
  /// The job that the arguments describe.
  ///
  /// - Parameter now: Milliseconds since 1970-01-01 UTC, from which places in the past are counted.
  init(_ arguments: OffsetChangeArguments, now: Int64) {
    let change: Change =
      switch arguments.change {
      case .commit(let assignments):
        .commit(
          assignments.map { Assignment(selection: $0.selection, position: RecordPosition($0.position, now: now)) })
      case .reset(let position, let topics): .reset(RecordPosition(position, now: now), topics)
      case .delete(let topics): .delete(topics)
      }
    self.init(
      group: arguments.group, change: change, isDryRun: arguments.isDryRun, isConfirmed: arguments.isConfirmed,
      isJSON: arguments.isJSON, timeout: arguments.common.timeout)
  }
}

extension OffsetPosition {
  fileprivate init(_ question: OffsetQuestion, now: Int64) {
    switch question {
    case .earliest: self = .earliest
    case .latest: self = .latest
    case .stable: self = .stable
    case .maximumTimestamp: self = .maximumTimestamp
    case .time(let milliseconds): self = .timestamp(milliseconds)
    case .ago(let duration): self = .timestamp(max(now - duration.milliseconds, 0))
    }
  }
}

extension MetadataJob {
  /// The job that the arguments of `metadata` describe.
  init(_ arguments: MetadataArguments) {
    self.init(topics: arguments.topics, form: arguments.form, timeout: arguments.common.timeout)
  }
}
