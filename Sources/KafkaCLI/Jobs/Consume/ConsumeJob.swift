import Buffers
import KafkaClient
import Transport

/// Reads records of topics and writes them to standard output.
package struct ConsumeJob: Job {
  /// In which order records are written.
  enum Order: Equatable {
    /// As they come; those of a partition by offset.
    case arrival
    /// Merged by time as far as they have been fetched; those of a partition still by offset.
    case time
    /// The newest so many of all partitions, by time.
    case newest(Int)
  }

  var topics: [TopicSelection]
  var topicPattern: TopicPattern?
  /// Which partitions of the topics that the pattern finds; nothing means all.
  var partitions: PartitionSet?
  var start: RecordPosition
  var end: RecordPosition?
  var count: Int64?
  var idleTimeout: Duration?
  var filter: RecordFilter?
  var order = Order.arrival
  /// Whether damaged batches are reported and left out, and not the end.
  var skipsCorrupt = false
  var output: RecordOutput
  /// Whether progress is told even where no terminal is free for it.
  var tellsProgress: Bool
  var consumer: ConsumerConfiguration

  package var isChainOfRequests: Bool { false }

  package func run(_ context: JobContext) async -> ExitStatus {
    do throws(KafkaError) {
      let ranges = try await context.asking { () async throws(KafkaError) in try await self.ranges(context) }
      let interruption: OutputInterruption
      do throws(InputError) { interruption = try OutputInterruption() } catch {
        context.diagnostics.error(error.message)
        return .refused
      }
      var consumer = consumer
      readAdded(to: ranges, &consumer)
      let stream = RecordStream(
        ranges, consumer, skipsCorrupt: skipsCorrupt, idleTimeout: idleTimeout, context)
      let watch = OutputWatch(descriptor: context.outputDescriptor, runtime: context.runtime)
      context.interrupts.handle { _, count in
        if count > 1 { context.interrupts.leave() }
        stream.interrupt()
        interruption.begin()
      }
      watch.start { stream.interrupt() }
      let progress = ConsumeProgress(
        ranges, count: count, stopsAtEnd: consumer.stopsAtEnd, isAsked: tellsProgress, context)
      let status = await copy(from: stream, interruption, progress, context)
      watch.stop()
      await stream.close()
      if watch.isReaderGone { return .brokenPipe }
      if let signal = context.interrupts.signal { return .signal(signal) }
      return status
    } catch {
      return context.fail(error)
    }
  }

  private func copy(
    from stream: RecordStream, _ interruption: OutputInterruption, _ progress: ConsumeProgress?,
    _ context: JobContext
  ) async -> ExitStatus {
    var printer = RecordPrinter(
      OutputWriter(descriptor: context.outputDescriptor, interruption: interruption), output, filter: filter,
      limit: count, progress)
    defer { progress?.stop() }
    var status = ExitStatus.success
    do throws(ConsumeFailure) {
      switch order {
      case .arrival:
        await stream.begin(stream.ranges)
        try await Self.copy(from: stream, to: &printer)
      case .time:
        await stream.begin(stream.ranges)
        var merge = TimeMerge(stream)
        try await merge.copy(to: &printer)
      case .newest(let count):
        var newest = NewestRecords(count)
        try await newest.copy(from: stream, to: &printer)
      }
    } catch {
      switch error {
      case .client(let error) where error.code == .cancelled: break
      case .client(let error): status = context.fail(error)
      case .output(let error): return context.fail(error)
      }
    }
    do throws(ConsumeFailure) { try printer.flush() } catch {
      if case .output(let error) = error { return context.fail(error) }
    }
    stream.finish()
    return status
  }

  /// Writes batches as they come. Output is flushed when nothing more is ready.
  private static func copy(
    from stream: RecordStream, to printer: inout RecordPrinter
  ) async throws(ConsumeFailure) {
    while printer.left > 0 {
      var batch = try stream.nextWithoutWaiting()
      if batch == nil {
        try printer.flush()
        batch = try await stream.next()
      }
      guard let batch else { return }
      if let damage = try printer.print(batch) { try stream.skip(batch, damage) }
    }
  }
}
