import Buffers
import KafkaCompression
import KafkaProtocol

/// Batches sealed and opened, with each codec, and the checksums in that. 5000 records of 100 bytes are half a
/// megabyte; bytes are those of a record on the wire when it is sealed, and of what is decompressed when it is opened.
extension Suite {
  static let seal =
    CompressionCodec.allCases.map { seal("seal/\($0.name)", $0) }
    + [
      checksum("checksum/crc32c", { CRC32C.checksum($0) }),
      checksum("checksum/crc32", { CRC32.checksum($0) }),
    ]

  static let open =
    CompressionCodec.allCases.map { open("open/\($0.name)", $0) }
    + [
      open("open/none-v1", .none, format: .v1),
      sets("open/headers-only"),
      iteration("read/10B", SampleRecord.records(1000, size: 10)),
      iteration("read/100B", SampleRecord.records(1000)),
      iteration("read/1KiB", SampleRecord.records(1000, size: 1024)),
      iteration("read/100B-keyed", SampleRecord.records(1000, hasKeys: true)),
      iteration("read/100B-headers", SampleRecord.records(1000, hasKeys: true, headers: 2)),
      iteration("read/100B-v1", SampleRecord.records(1000), format: .v1),
    ]

  private static let batchRecords = 5000

  private static func seal(_ name: String, _ codec: CompressionCodec) -> Benchmark {
    Benchmark(
      name, prepare: { Optional<DraftBatch>.none },
      // A draft that nobody else has, as the producer seals it: a shared one would be copied.
      reset: { draft in draft = try SampleRecord.draft(SampleRecord.records(batchRecords)) },
      repeating: { draft in
        guard let draft = draft.take() else { throw BenchmarkError.badSample("no draft") }
        let sealed = try BatchSealer.seal(draft, compression: Compression(codec))
        return Work(items: sealed.recordCount, bytes: sealed.bytes.count)
      })
  }

  private static func open(_ name: String, _ codec: CompressionCodec, format: RecordFormat = .v2) -> Benchmark {
    Benchmark(
      name,
      prepare: { try SampleBatch.received(SampleRecord.records(batchRecords), format: format, codec: codec) },
      repeating: { batch in
        let opened = try BatchOpener.open(batch, limit: SampleBatch.limit)
        return Work(items: opened.recordCount, bytes: opened.byteCount)
      })
  }

  /// Finds the batches in what was fetched: once a batch, not once a record.
  private static func sets(_ name: String) -> Benchmark {
    Benchmark(
      name, per: "batch",
      prepare: {
        var set = BytesBuilder()
        let batch = try SampleBatch.received(SampleRecord.records(10))
        for _ in 0..<100 { set.append(batch.bytes) }
        return set.finish()
      },
      repeating: { set in
        var reader = RecordSetReader(set)
        var work = Work(items: 0, bytes: 0)
        while let batch = try reader.next() {
          work.items += 1
          work.bytes += batch.bytes.count
        }
        return work
      })
  }

  private static func iteration(
    _ name: String, _ records: @autoclosure @escaping @Sendable () -> [SampleRecord], format: RecordFormat = .v2
  ) -> Benchmark {
    Benchmark(
      name, prepare: { try SampleBatch.opened(records(), format: format) },
      repeating: { batch in
        var work = Work(items: 0, bytes: 0)
        var records = batch.records
        while let record = try records.next() {
          work.items += 1
          work.bytes += (record.key?.byteCount ?? 0) + (record.value?.byteCount ?? 0)
        }
        return work
      })
  }

  private static func checksum(_ name: String, _ checksum: @escaping @Sendable (RawSpan) -> UInt32) -> Benchmark {
    Benchmark(
      name, per: "KiB", prepare: { Bytes(copying: SampleRecord.records(1, size: 1 << 20)[0].value) },
      repeating: { bytes in
        guard checksum(bytes.span) != 0 else { throw BenchmarkError.badSample("the checksum is 0") }
        return Work(items: bytes.count / 1024, bytes: bytes.count)
      })
  }
}
