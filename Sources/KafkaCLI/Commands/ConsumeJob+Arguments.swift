import KafkaClient
import Transport

extension ConsumeJob {
  /// The job that the arguments of `consume` describe.
  ///
  /// - Parameter now: Milliseconds since 1970-01-01 UTC, from which places in the past are counted.
  init(_ arguments: ConsumeArguments, now: Int64) {
    var consumer = ConsumerConfiguration()
    consumer.isolation = arguments.isolation == .readCommitted ? .readCommitted : .readUncommitted
    consumer.offsetReset =
      switch arguments.onReset {
      case .fail: .fail
      case .earliest: .earliest
      case .latest: .latest
      }
    consumer.minimumBytes = Int32(clamping: arguments.minBytes)
    consumer.maximumBytes = Int32(clamping: arguments.maxBytes)
    let settings = arguments.common.settings
    let partitionBytes = settings.maxPartitionBytes.map(Int32.init(clamping:)) ?? consumer.maximumPartitionBytes
    consumer.maximumPartitionBytes = min(partitionBytes, consumer.maximumBytes)
    consumer.bufferBytes = settings.consumerBufferKibibytes.map { $0 << 10 } ?? consumer.bufferBytes
    consumer.maximumWait = arguments.maxWait
    consumer.stopsAtEnd = arguments.exitsAtEnd
    // What has an end by itself shall not wait for ever for a leader.
    let hasEnd = arguments.exitsAtEnd || arguments.until != nil || arguments.tail != nil
    if hasEnd { consumer.patience = arguments.common.timeout }
    self.init(
      topics: arguments.topics, topicPattern: arguments.topicPattern, partitions: arguments.partitions,
      start: RecordPosition(arguments.start, now: now),
      end: arguments.until.map { RecordPosition($0, now: now) } ?? (arguments.tail == nil ? nil : .latest),
      count: arguments.count, idleTimeout: arguments.idleTimeout, filter: arguments.filter?.resolved(now: now),
      order: arguments.tail.map { .newest($0) } ?? (arguments.order == .time ? .time : .arrival),
      skipsCorrupt: arguments.skipsCorrupt, output: arguments.output, tellsProgress: arguments.tellsProgress,
      consumer: consumer)
  }
}

extension RecordPosition {
  init(_ position: StartPosition, now: Int64) {
    switch position {
    case .beginning: self = .earliest
    case .end: self = .latest
    case .offset(let offset): self = .offset(offset)
    case .afterBeginning(let count): self = .fromStart(count)
    case .beforeEnd(let count): self = .fromEnd(count)
    case .time(let milliseconds): self = .timestamp(milliseconds)
    case .ago(let duration): self = .timestamp(max(now - duration.milliseconds, 0))
    }
  }
}
