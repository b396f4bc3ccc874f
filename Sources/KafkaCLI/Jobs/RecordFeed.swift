import Buffers
import KafkaClient
import KafkaProtocol
import Transport

/// Reads records from the input and appends them to the producer's batches, as fast as those leave.
struct RecordFeed: ~Copyable {
  private let job: ProduceJob
  private let reader: InputReader
  private let topic: ProducerTopic
  private let producer: KafkaProducer
  private let failures: ProduceFailures
  private let runtime: Runtime
  private var splitter: RecordSplitter
  /// How many records may still be sent.
  private var left: Int64
  /// Whether the end of a file has not come since its beginning.
  private var isInFile = false

  init(
    _ job: ProduceJob, from reader: InputReader, to topic: ProducerTopic, with producer: KafkaProducer,
    _ failures: ProduceFailures, runtime: Runtime
  ) {
    self.job = job
    self.reader = reader
    self.topic = topic
    self.producer = producer
    self.failures = failures
    self.runtime = runtime
    splitter = RecordSplitter(delimiter: job.delimiter, limit: job.maximumRecordBytes)
    left = job.count ?? .max
  }

  /// Reads to the end of the input, until enough records were sent, or until the reader is cancelled; what it has read
  /// by then is appended all the same, so that each record is counted.
  mutating func run() async throws(InputError) {
    do throws(InputError) {
      while left > 0, let event = try await reader.next() {
        // A producer that has given up counts what it gets as failed; there is no use in reading more for it.
        if producer.isAbandoned { reader.cancel() }
        await take(event)
      }
    } catch {
      refuseIncomplete()
      throw error
    }
    reader.cancel()
    refuseIncomplete()
  }

  private mutating func take(_ event: InputEvent) async {
    switch event {
    case .begin(let file):
      failures.places.begin(file, after: splitter.number)
      isInFile = true
      return
    case .idle: return producer.noMoreForNow()
    case .block(let block):
      splitter.feed(block)
      append(isLast: false)
    case .end:
      isInFile = false
      append(isLast: true)
    }
    if !producer.hasRoom {
      producer.noMoreForNow()
      await producer.waitForRoom()
    }
  }

  /// Appends the records of a block, or what is left at the end of a file.
  private mutating func append(isLast: Bool) {
    let time = job.timestamp ?? runtime.wallClock.milliseconds
    var left = left
    defer { self.left = left }
    producer.fill(topic) { appender in
      while left > 0 {
        switch isLast ? splitter.finish() : splitter.advance() {
        case .needsInput: return
        case .oversized(let bytes):
          failures.refuse(
            splitter.number,
            "has \(bytes) bytes, and \(job.maximumRecordBytes) are allowed: not sent; raise --max-record-bytes")
        case .record:
          let fields = job.fieldRules.fields(of: splitter.record)
          appender.append(
            key: fields.key, value: fields.value, headers: job.headers, timestamp: time, partition: job.partition,
            number: splitter.number)
          left -= 1
        }
      }
    }
  }

  /// Counts a record of which only the beginning was read, because reading was ended or failed.
  private mutating func refuseIncomplete() {
    guard isInFile, left > 0 else { return }
    switch splitter.finish() {
    case .needsInput: return
    case .record: refuseIncomplete(bytes: Int64(splitter.record.byteCount))
    case .oversized(let bytes): refuseIncomplete(bytes: bytes)
    }
  }

  private func refuseIncomplete(bytes: Int64) {
    failures.refuse(splitter.number, "was cut short after \(bytes) bytes: not sent")
  }
}
