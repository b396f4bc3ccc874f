import Buffers
import KafkaClient
import KafkaProtocol
import Transport

/// Fields to batches. Bytes are those that a record takes in its batch.
extension Suite {
  static let append = [
    builder("append/10B", SampleRecord.records(1000, size: 10)),
    builder("append/100B", SampleRecord.records(1000)),
    builder("append/1KiB", SampleRecord.records(1000, size: 1024)),
    builder("append/100B-keyed", SampleRecord.records(1000, hasKeys: true)),
    builder("append/100B-headers", SampleRecord.records(1000, hasKeys: true, headers: 2)),
    builder("append/100B-v1", SampleRecord.records(1000), format: .v1),
    topic("append/topic", SampleRecord.records(10_000)),
    topic("append/topic-keyed", SampleRecord.records(10_000, hasKeys: true)),
    topic("append/topic-keyed-100-partitions", SampleRecord.records(10_000, hasKeys: true), partitions: 100),
    partitioning("append/partition-murmur2", .murmur2),
    partitioning("append/partition-crc32", .crc32),
    numbers("append/numbers-in-order", step: 1),
    numbers("append/numbers-with-gaps", step: 3),
  ]

  private static func builder(
    _ name: String, _ records: @autoclosure @escaping @Sendable () -> [SampleRecord], format: RecordFormat = .v2
  ) -> Benchmark {
    Benchmark(
      name, prepare: { FieldsOfRecords(records()) },
      repeating: { records in
        var builder = RecordBatchBuilder(format: format, capacity: 4 << 20)
        for place in records.places {
          _ = builder.append(
            key: records.key(place), value: records.value(place), headers: records.headers,
            timestamp: SampleRecord.firstTimestamp)
        }
        return Work(items: builder.count, bytes: builder.byteCount)
      })
  }

  /// Through the partition's choice and the open batches, as records of `produce` go.
  private static func topic(
    _ name: String, _ records: @autoclosure @escaping @Sendable () -> [SampleRecord], partitions: Int = 12
  ) -> Benchmark {
    Benchmark(
      name, prepare: { FieldsOfRecords(records()) },
      repeating: { records in
        var appender = TopicAppender(
          topic: TopicIndex(number: 0), name: "orders", partitions: partitions, format: .v2, batchBytes: 1 << 20,
          chooser: PartitionChooser(.murmur2, entropy: FixedEntropy()), keepsTimestamps: false)
        var work = Work(items: 0, bytes: 0)
        for place in records.places {
          work.items += 1
          work.bytes += place.value.count
          appender.append(
            key: records.key(place), value: records.value(place), headers: records.headers,
            timestamp: SampleRecord.firstTimestamp, number: Int64(work.items))
        }
        return work
      })
  }

  private static func partitioning(_ name: String, _ partitioning: Partitioning) -> Benchmark {
    Benchmark(
      name, per: "key", prepare: { FieldsOfRecords(SampleRecord.records(1000, hasKeys: true)) },
      repeating: { records in
        var sum = 0
        for place in records.places {
          guard let key = records.key(place) else { continue }
          sum += Int(partitioning.partition(key: key, count: 12))
        }
        guard sum > 0 else { throw BenchmarkError.badSample("all keys are of one partition") }
        return Work(items: records.places.count, bytes: records.places.reduce(0) { $0 + ($1.key?.count ?? 0) })
      })
  }

  private static func numbers(_ name: String, step: Int64) -> Benchmark {
    Benchmark(
      name, prepare: { (1...10_000).map { Int64($0) * step } },
      repeating: { input in
        var numbers = NumberSequence(step: 1)
        for number in input { numbers.append(number) }
        return Work(items: numbers.count, bytes: numbers.byteCount)
      })
  }
}

/// Records of the samples as a reader of input gives them out: their fields are places in one text, so that to go
/// through them counts no references.
private struct FieldsOfRecords {
  private let text: Bytes
  let places: [Place]
  /// Those of the first record, for all.
  let headers: EncodedHeaders

  struct Place {
    let key: Range<Int>?
    let value: Range<Int>
  }

  init(_ records: [SampleRecord]) {
    var text = BytesBuilder()
    places = records.map { record in
      let start = text.count
      if let key = record.key { text.append(key) }
      let middle = text.count
      text.append(record.value)
      return Place(key: record.key.map { _ in start..<middle }, value: middle..<text.count)
    }
    self.text = text.finish()
    headers = EncodedHeaders(records.first?.headers ?? [])
  }

  @_lifetime(borrow self)
  func key(_ place: Place) -> RawSpan? {
    guard let key = place.key else { return nil }
    return text.span.extracting(key)
  }

  @_lifetime(borrow self)
  func value(_ place: Place) -> RawSpan { text.span.extracting(place.value) }
}

/// The same number each time, so that every run is the same.
private struct FixedEntropy: Entropy {
  func next() -> UInt64 { 5 }
}
