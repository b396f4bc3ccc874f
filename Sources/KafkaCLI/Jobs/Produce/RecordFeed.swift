import Buffers
import KafkaClient
import KafkaProtocol
import Transport

/// Reads records from the input and appends them to the producer's batches, as fast as those leave.
struct RecordFeed<Records: InputRecordReader & ~Copyable>: ~Copyable {
  private let job: ProduceJob
  private let reader: InputReader
  private let topic: ProducerTopic
  private let producer: KafkaProducer
  /// Where the input is copied to, if it is.
  private let output: OutputPump<ProduceOutput>?
  private let failures: ProduceFailures
  private let pause: Pause
  private let progress: ProgressMeter?
  private let runtime: Runtime
  private var records: Records
  /// How many records may still be sent.
  private var left: Int64
  /// Whether the end of a file has not come since its beginning.
  private var isInFile = false
  private var pace: Pace?

  init(
    _ job: ProduceJob, of records: consuming Records, from reader: InputReader, to topic: ProducerTopic,
    with producer: KafkaProducer,
    _ output: OutputPump<ProduceOutput>?, _ failures: ProduceFailures, _ pause: Pause,
    _ progress: ProgressMeter?, runtime: Runtime
  ) {
    self.job = job
    self.reader = reader
    self.topic = topic
    self.producer = producer
    self.output = output
    self.failures = failures
    self.pause = pause
    self.progress = progress
    self.runtime = runtime
    self.records = records
    left = job.count ?? .max
    pace = job.rate.map { Pace($0, from: runtime.loop.now) }
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
      failures.places.begin(file, after: records.number)
      records.begin()
      isInFile = true
      return
    case .idle:
      if left == job.count ?? .max { await producer.connectAhead(to: topic) }
      return producer.noMoreForNow()
    case .block(let block):
      records.feed(block)
      await append(isLast: false)
      if job.copiesInput, let output {
        let copied = block[0..<(block.count - records.unreadCount)]
        // All of the block is kept until this part of it has been written.
        output.push(.copy(copied), weight: block.storage.capacity)
      }
      tellProgress(Int64(block.count))
    case .end:
      isInFile = false
      await append(isLast: true)
      tellProgress(0)
    }
    await waitForRoom()
  }

  private func tellProgress(_ bytes: Int64) {
    progress?.update { work in
      work.records = (job.count ?? .max) - left
      work.bytes += bytes
      work.done = job.count == nil ? work.bytes : work.records
    }
  }

  private func waitForRoom() async {
    if !producer.hasRoom { await producer.waitForRoom() }
    if let output, !output.hasRoom {
      producer.noMoreForNow()
      await output.waitForRoom()
    }
  }

  /// Appends the records of a block, or what is left at the end of a file, at the pace that was asked for.
  private mutating func append(isLast: Bool) async {
    // What is given up is not sent, so there is no need to wait with it; after a signal what was read goes at once.
    while var pace, !producer.isAbandoned, !pause.isEnded {
      let allowance = min(pace.allowance(at: runtime.loop.now), left)
      let before = left
      let isDone = appendNow(isLast: isLast, atMost: allowance)
      pace.advance(by: before - left)
      self.pace = pace
      if isDone || left == 0 { return }
      producer.noMoreForNow()
      await pause.wait(until: pace.next)
    }
    _ = appendNow(isLast: isLast, atMost: left)
  }

  /// - Returns: Whether there is nothing left to append.
  private mutating func appendNow(isLast: Bool, atMost count: Int64) -> Bool {
    // What is used for each record is taken out of the job once, not copied each time.
    let (headers, partition, keepsPartitions) = (job.headers, job.partition, job.keepsPartitions)
    let time = job.timestamp ?? runtime.wallClock.milliseconds
    var rest = count
    var isDone = false
    var isBroken = false
    producer.fill(topic) { appender in
      while rest > 0, !isDone {
        switch isLast ? records.finish() : records.advance() {
        case .needsInput: isDone = true
        case .oversized(let bytes):
          let limit = job.maximumRecordBytes.inBytes
          failures.refuse(records.number, bytes: bytes, "at most \(limit) are allowed; raise --max-record-bytes")
        case .refused(let bytes, let reason): failures.refuse(records.number, bytes: bytes, reason)
        case .broken(let bytes, let reason):
          failures.refuse(records.number, bytes: bytes, reason)
          isBroken = true
          isDone = true
        case .record:
          let fields = records.fields
          if let reason = misfit(fields, appender.partitionCount) {
            let bytes = (fields.key?.byteCount ?? 0) + (fields.value?.byteCount ?? 0)
            failures.refuse(records.number, bytes: Int64(bytes), reason)
            continue
          }
          appender.append(
            key: fields.key, value: fields.value, headers: fields.headers ?? headers,
            timestamp: fields.timestamp ?? time, partition: keepsPartitions ? fields.partition : partition,
            number: records.number)
          rest -= 1
        }
      }
    }
    left = isBroken ? 0 : left - (count - rest)
    failures.tell()
    return isDone
  }

  /// Why the topic cannot have a record with these fields, if it cannot.
  @inline(__always)
  private func misfit(_ fields: borrowing InputFields, _ partitionCount: Int) -> String? {
    if fields.headers != nil, topic.format < .v2 {
      return "it has headers, and the broker is older than 0.11 and has none"
    }
    if let time = fields.timestamp, time != -1, topic.format < .v1 {
      return "it has a timestamp, and the broker is older than 0.10 and has none"
    }
    guard job.keepsPartitions else { return nil }
    guard let partition = fields.partition else { return "it names no partition, and -p keep asks for one" }
    guard Int(partition) < partitionCount else {
      return "it is of partition \(partition), and \(topic.name) has \(partitionCount)"
    }
    return nil
  }

  /// Counts a record of which only the beginning was read, because reading was ended or failed.
  private mutating func refuseIncomplete() {
    guard isInFile, left > 0, let bytes = records.abandon() else { return }
    failures.refuse(records.number, bytes: bytes, "reading ended in the middle of it")
  }
}
