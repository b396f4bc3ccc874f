import Buffers
import Glibc
import KafkaClient
import KafkaProtocol
import Synchronization
import Transport

/// Reads records from files or standard input and sends them to a topic.
package struct ProduceJob: Job {
  /// How long what was read is still sent after a signal.
  private static let farewell: Duration = .seconds(10)

  var topic: String
  var partition: Int32?
  var files: [InputFile]
  var delimiter: Bytes
  var fieldRules: InputFieldRules
  var headers: EncodedHeaders
  var timestamp: Int64?
  var count: Int64?
  var maximumRecordBytes: Int
  var creation: TopicCreation?
  var producer: ProducerConfiguration

  package var isChainOfRequests: Bool { false }

  package func run(_ context: JobContext) async -> ExitStatus {
    let failures = ProduceFailures(context)
    do throws(KafkaError) {
      for file in files {
        do throws(InputError) { try file.check() } catch {
          let status = refuse(error, context)
          context.diagnostics.note(Self.line(ProduceReport(), failed: 0))
          return status
        }
      }
      try await createTopic(context)
      let producer = try await context.client.makeProducer(producer) { failures.note($0) }
      let topic: ProducerTopic
      do throws(KafkaError) { topic = try await open(with: producer) } catch {
        await producer.abandon()
        throw error
      }
      return await send(to: topic, with: producer, failures, context)
    } catch {
      let status = context.fail(error)
      context.diagnostics.note(Self.line(ProduceReport(), failed: 0))
      return status
    }
  }

  private func open(with producer: KafkaProducer) async throws(KafkaError) -> ProducerTopic {
    let topic = try await producer.topic(topic, createIfMissing: true)
    try topic.check(partition)
    if headers.count > 0, topic.format < .v2 {
      throw KafkaError(.unsupportedVersion, "the broker is older than 0.11 and has no headers", hint: "leave out -H")
    }
    return topic
  }

  private func refuse(_ error: InputError, _ context: JobContext) -> ExitStatus {
    context.diagnostics.error(error.message)
    return .refused
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

  // MARK: Reading and sending

  private func send(
    to topic: ProducerTopic, with producer: KafkaProducer, _ failures: ProduceFailures, _ context: JobContext
  ) async -> ExitStatus {
    let reader: InputReader
    do throws(InputError) { reader = try InputReader(files) } catch { return refuse(error, context) }
    let end = Farewell(reader: reader, producer: producer, runtime: context.runtime, limit: Self.farewell)
    context.interrupts.handle { _, count in end.signalled(count) }

    var status = ExitStatus.success
    do throws(InputError) {
      try await copy(from: reader, to: topic, with: producer, failures, context)
    } catch {
      status = refuse(error, context)
    }
    let report = await producer.flush()
    await producer.abandon()
    return finish(report, failures, status, context)
  }

  private func copy(
    from reader: InputReader, to topic: ProducerTopic, with producer: KafkaProducer, _ failures: ProduceFailures,
    _ context: JobContext
  ) async throws(InputError) {
    var splitter = RecordSplitter(delimiter: delimiter, limit: maximumRecordBytes)
    var left = count ?? .max
    while left > 0, !producer.isAbandoned, let event = try await reader.next() {
      switch event {
      case .begin: continue
      case .idle:
        producer.noMoreForNow()
        continue
      case .block(let block):
        splitter.feed(block)
        append(&splitter, isLast: false, to: topic, with: producer, &left, failures, context)
      case .end:
        append(&splitter, isLast: true, to: topic, with: producer, &left, failures, context)
      }
      if !producer.hasRoom {
        producer.noMoreForNow()
        await producer.waitForRoom()
      }
    }
    reader.cancel()
  }

  /// Appends the records of a block, or what is left at the end of a file.
  private func append(
    _ splitter: inout RecordSplitter, isLast: Bool, to topic: ProducerTopic, with producer: KafkaProducer,
    _ left: inout Int64, _ failures: ProduceFailures, _ context: JobContext
  ) {
    let time = timestamp ?? context.runtime.wallClock.milliseconds
    producer.fill(topic) { appender in
      while left > 0 {
        switch isLast ? splitter.finish() : splitter.advance() {
        case .needsInput: return
        case .oversized(let bytes):
          failures.noteOversized(record: splitter.number, bytes: bytes, limit: maximumRecordBytes)
        case .record:
          let fields = fieldRules.fields(of: splitter.record)
          appender.append(
            key: fields.key, value: fields.value, headers: headers, timestamp: time, partition: partition)
          left -= 1
        }
      }
    }
  }

  // MARK: The end

  private func finish(
    _ report: ProduceReport, _ failures: ProduceFailures, _ earlier: ExitStatus, _ context: JobContext
  ) -> ExitStatus {
    failures.finish()
    let failed = report.failed + failures.oversized
    let line = Self.line(report, failed: failed)
    if failed > 0 || report.unknown > 0 { context.diagnostics.error(line) } else { context.diagnostics.note(line) }
    if let signal = context.interrupts.signal { return .signal(signal) }
    var status = earlier.combined(with: failures.status)
    if report.unknown > 0 { status = status.combined(with: .unknownOutcome) }
    return status
  }

  /// The line with which every run ends.
  private static func line(_ report: ProduceReport, failed: Int) -> String {
    let line = "acknowledged \(report.acknowledged), failed \(failed), unknown \(report.unknown)"
    return report.unconfirmed > 0 ? line + ", sent without acknowledgement \(report.unconfirmed)" : line
  }
}
