import Buffers
import KafkaCLI
import KafkaClient
import KafkaProtocol

/// A reader, and the file that it is given each time.
struct InputState<Reader: InputRecordReader & ~Copyable>: ~Copyable {
  private var reader: Reader
  private let block: Bytes

  init(reader: consuming Reader, block: Bytes) {
    self.reader = reader
    self.block = block
  }

  /// Reads the records and leaves them.
  mutating func readAll() throws -> Work {
    var work = Work(items: 0, bytes: 0)
    reader.begin()
    reader.feed(block)
    while true {
      switch reader.advance() {
      case .record: count(&work)
      case .needsInput: return try finish(work)
      case let step: throw BenchmarkError.badSample("\(step)")
      }
    }
  }

  /// Takes what a file ends with, which only some forms have.
  private mutating func finish(_ work: Work) throws -> Work {
    var work = work
    switch reader.finish() {
    case .record: count(&work)
    case .needsInput: break
    case let step: throw BenchmarkError.badSample("\(step)")
    }
    return work
  }

  private func count(_ work: inout Work) {
    let fields = reader.fields
    work.items += 1
    work.bytes += (fields.key?.byteCount ?? 0) + (fields.value?.byteCount ?? 0)
  }

  /// Reads the records of a block and appends them to the batches of partitions, as the feed of `produce` does.
  mutating func appendAll() throws -> Work {
    var appender = SampleAppender.make(partitions: 12)
    var work = Work(items: 0, bytes: 0)
    reader.begin()
    reader.feed(block)
    while true {
      switch reader.advance() {
      case .record:
        let fields = reader.fields
        work.items += 1
        work.bytes += (fields.key?.byteCount ?? 0) + (fields.value?.byteCount ?? 0)
        appender.append(
          key: fields.key, value: fields.value, headers: fields.headers ?? .none,
          timestamp: fields.timestamp ?? SampleRecord.firstTimestamp, number: reader.number)
      case .needsInput: return work
      case let step: throw BenchmarkError.badSample("\(step)")
      }
    }
  }
}
