import KafkaClient
import KafkaProtocol

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
        var appender = SampleAppender.make(partitions: partitions)
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
