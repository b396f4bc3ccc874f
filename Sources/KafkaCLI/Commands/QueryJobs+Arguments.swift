import KafkaClient
import Transport

extension OffsetsJob {
  /// The job that the arguments of `offsets` describe.
  ///
  /// - Parameter now: Milliseconds since 1970-01-01 UTC, from which places in the past are counted.
  init(_ arguments: OffsetsArguments, now: Int64) {
    let positions: [OffsetPosition] =
      switch arguments.at {
      case nil: [.earliest, .latest]
      case .earliest: [.earliest]
      case .latest: [.latest]
      case .stable: [.stable]
      case .maximumTimestamp: [.maximumTimestamp]
      case .time(let milliseconds): [.timestamp(milliseconds)]
      case .ago(let duration): [.timestamp(max(now - duration.milliseconds, 0))]
      }
    self.init(
      topics: arguments.topics, positions: positions, report: OffsetsReport(arguments),
      timeout: arguments.common.timeout)
  }
}

extension MetadataJob {
  /// The job that the arguments of `metadata` describe.
  init(_ arguments: MetadataArguments) {
    self.init(topics: arguments.topics, form: arguments.form, timeout: arguments.common.timeout)
  }
}
