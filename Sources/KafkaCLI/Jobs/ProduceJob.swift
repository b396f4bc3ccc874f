import Buffers
import KafkaClient
import KafkaProtocol

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
    // Nothing has been read yet, so that a signal leaves nothing to be done but to say so.
    context.interrupts.handle { _, _ in
      ProduceSummary().tell(context.diagnostics)
      context.interrupts.leave()
    }
    let failures = ProduceFailures(
      context, InputPlaces(unit: delimiter.array == [0x0A] ? "line" : "record", namesFiles: files.count > 1))
    let (producer, topic): (KafkaProducer, ProducerTopic)
    let reader: InputReader
    do throws(InputError) {
      for file in files { try file.check() }
      do throws(KafkaError) { (producer, topic) = try await open(failures, context) } catch {
        return end(context.fail(error), context)
      }
      do throws(InputError) { reader = try InputReader(files) } catch {
        await producer.abandon()
        throw error
      }
    } catch {
      return end(refuse(error, context), context)
    }
    let farewell = Farewell(reader: reader, producer: producer, runtime: context.runtime, limit: Self.farewell)
    context.interrupts.handle { _, count in farewell.signalled(count) }

    var status = ExitStatus.success
    var feed = RecordFeed(self, from: reader, to: topic, with: producer, failures, runtime: context.runtime)
    do throws(InputError) { try await feed.run() } catch { status = refuse(error, context) }
    let report = await producer.flush()
    await producer.abandon()
    failures.finish()
    return end(status.combined(with: failures.status), context, ProduceSummary(report, refused: failures.refused))
  }

  // MARK: The beginning

  private func open(
    _ failures: ProduceFailures, _ context: JobContext
  ) async throws(KafkaError) -> (KafkaProducer, ProducerTopic) {
    try await createTopic(context)
    let producer = try await context.client.makeProducer(producer) { failures.note($0) }
    do throws(KafkaError) {
      let topic = try await producer.topic(topic, createIfMissing: true)
      try topic.check(partition)
      if headers.count > 0, topic.format < .v2 {
        throw KafkaError(.unsupportedVersion, "the broker is older than 0.11 and has no headers", hint: "leave out -H")
      }
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
