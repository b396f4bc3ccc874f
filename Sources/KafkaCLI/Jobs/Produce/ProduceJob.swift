import Buffers
import KafkaClient
import KafkaProtocol
import Transport

/// Reads records from files or standard input and sends them to a topic.
package struct ProduceJob: Job {
  /// How long what was read is still sent after a signal.
  private static let farewell: Duration = .seconds(10)
  /// How many bytes may wait for standard output before reading waits too.
  private static let waitingOutput = 4 << 20
  /// With a rate little is read ahead, so that a signal leaves little to be sent.
  private static let pacedBlockSize = 4096

  var topic: String
  /// The partition of every record.
  var partition: Int32?
  /// Whether each record goes to the partition that it names itself.
  var keepsPartitions: Bool
  var files: [InputFile]
  var input: RecordInput
  var headers: EncodedHeaders
  var timestamp: Int64?
  var count: Int64?
  var maximumRecordBytes: Int
  var creation: TopicCreation?
  /// How fast records are sent at most.
  var rate: Rate?
  /// Whether the input is copied to standard output.
  var copiesInput: Bool
  /// How records that were stored are told of on standard output, if they are.
  var report: ReportForm?
  /// Whether progress is told even where no terminal is free for it.
  var tellsProgress: Bool
  var producer: ProducerConfiguration

  package var isChainOfRequests: Bool { false }

  package func run(_ context: JobContext) async -> ExitStatus {
    // Nothing has been read yet, so that a signal leaves nothing to be done but to say so.
    context.interrupts.handle { _, _ in
      ProduceSummary().tell(context.diagnostics)
      context.interrupts.leave()
    }
    let failures = ProduceFailures(
      context, InputPlaces(unit: input.unit, namesFiles: files.count > 1))
    let output: OutputPump<ProduceOutput>?
    do throws(InputError) {
      for file in files { try file.check() }
      output = try openOutput(context)
    } catch {
      return end(refuse(error, context), context)
    }
    defer { output?.abandon() }
    let (producer, topic): (KafkaProducer, ProducerTopic)
    do throws(KafkaError) {
      (producer, topic) = try await context.asking { () async throws(KafkaError) in
        try await open(output, failures, context)
      }
    } catch {
      return end(context.fail(error), context)
    }
    let reader: InputReader
    let total = total
    do throws(InputError) {
      reader = try InputReader(files, blockSize: rate == nil ? InputReader.blockSize : Self.pacedBlockSize)
    } catch {
      await producer.abandon()
      return end(refuse(error, context), context)
    }
    output?.onFailure { reader.cancel() }
    let pause = Pause(runtime: context.runtime)
    let farewell = Farewell(
      reader: reader, producer: producer, output: output, pause: pause, runtime: context.runtime, limit: Self.farewell)
    context.interrupts.handle { _, count in farewell.signalled(count) }

    let progress = ProgressMeter(context, isAsked: tellsProgress, hasEnd: total != nil)
    progress?.update { $0.total = total }
    var status = ExitStatus.success
    do throws(InputError) {
      try await feed(from: reader, to: topic, with: producer, output, failures, pause, progress, context.runtime)
    } catch {
      status = refuse(error, context)
    }
    let report = await producer.flush()
    await producer.abandon()
    progress?.stop()
    failures.finish()
    if let error = await output?.finish() { status = status.combined(with: context.fail(error)) }
    return end(status.combined(with: failures.status), context, ProduceSummary(report, refused: failures.refused))
  }

  // MARK: The beginning

  /// How much there is to do, where records are counted or all of the input is in regular files. To be asked before
  /// anything is read: standard input has a position.
  private var total: Int64? {
    if let count { return count }
    let sizes = files.map(\.unreadSize)
    return sizes.contains(nil) ? nil : sizes.reduce(0) { $0.adding(clamping: $1 ?? 0) }
  }

  private func openOutput(_ context: JobContext) throws(InputError) -> OutputPump<ProduceOutput>? {
    guard copiesInput || report != nil else { return nil }
    return try OutputPump(to: context.outputDescriptor, limit: Self.waitingOutput) {
      (piece, writer) throws(OutputError) in
      try piece.write(to: &writer)
    }
  }

  private func open(
    _ output: OutputPump<ProduceOutput>?, _ failures: ProduceFailures, _ context: JobContext
  ) async throws(KafkaError) -> (KafkaProducer, ProducerTopic) {
    try await createTopic(context)
    // The topic is asked for in one go with the producer's identity.
    await context.client.learnAhead(of: topic, createIfMissing: true)
    var onDelivery: (@Sendable (ProduceDelivery) -> Void)?
    if let report, let output {
      onDelivery = { delivery in
        let piece = ProduceOutput.report(delivery, report)
        output.push(piece, weight: piece.weight)
      }
    }
    let producer = try await context.client.makeProducer(
      producer, onFailure: { failures.note($0) }, onDelivery: onDelivery)
    do throws(KafkaError) {
      let topic = try await producer.topic(topic, createIfMissing: true)
      try await producer.check(partition, of: topic)
      try topic.check(hasHeaders: headers.count > 0, hasTimestamp: timestamp != nil)
      return (producer, topic)
    } catch {
      await producer.abandon()
      throw error
    }
  }

  private func createTopic(_ context: JobContext) async throws(KafkaError) {
    guard let creation else { return }
    do throws(KafkaError) {
      let isNew = try await context.client.createTopic(
        topic, partitions: creation.partitions, replicas: creation.replicas)
      if isNew { context.diagnostics.note("created topic \(topic)") }
    } catch {
      // Brokers before 0.10.1 cannot be asked; most create a topic when it is first named.
      guard error.code == .unsupportedVersion, creation == TopicCreation() else { throw error }
    }
  }

  // MARK: Records

  /// Sends what is read, by a reader of the form that the input has.
  private func feed(
    from reader: InputReader, to topic: ProducerTopic, with producer: KafkaProducer,
    _ output: OutputPump<ProduceOutput>?, _ failures: ProduceFailures, _ pause: Pause, _ progress: ProgressMeter?,
    _ runtime: Runtime
  ) async throws(InputError) {
    func feed<Records: InputRecordReader & ~Copyable>(_ records: consuming Records) async throws(InputError) {
      var feed = RecordFeed(
        self, of: records, from: reader, to: topic, with: producer, output, failures, pause, progress,
        runtime: runtime)
      try await feed.run()
    }
    switch input {
    case .lines(let rules, let delimiter):
      try await feed(LineReader(rules, delimiter: delimiter, limit: maximumRecordBytes))
    case .raw(let rules): try await feed(RawReader(rules, limit: maximumRecordBytes))
    case .length(let hasKeys, let key):
      try await feed(LengthReader(hasKeys: hasKeys, defaultKey: key, limit: maximumRecordBytes))
    case .format(let format, let rules):
      try await feed(FormatReader(format, rules: rules, limit: maximumRecordBytes))
    case .json(let key): try await feed(JSONReader(defaultKey: key, limit: maximumRecordBytes))
    }
  }

  // MARK: The end

  private func refuse(_ error: InputError, _ context: JobContext) -> ExitStatus {
    context.diagnostics.error(error.message)
    return .refused
  }

  private func end(
    _ status: ExitStatus, _ context: JobContext, _ summary: ProduceSummary = ProduceSummary()
  ) -> ExitStatus {
    summary.tell(context.diagnostics)
    if let signal = context.interrupts.signal { return .signal(signal) }
    return summary.status(status)
  }
}
