import KafkaClient
import KafkaProtocol

extension SettingCatalogue {
  private static let anyTime: ClosedRange<Int64> = 0...Int64(Int32.max)
  private static let ofKeyOnly = "keys without a partition of their own need another one; use murmur2_random or random"

  /// What concerns `produce`.
  static let producer: [Setting] = [
    .choice(
      "request.required.acks", also: ["acks"], [("all", Acks.all), ("1", .leader), ("0", .none)],
      synonyms: ["-1": "all"],
      default: "all", \.acks, by: [.init(ProduceOptions.acks) { $0 == "-1" ? "all" : $0 }],
      "who must have stored a record"),
    .boolean(
      "enable.idempotence", default: true, \.isIdempotent,
      by: [.init(ProduceOptions.noIdempotence) { _ in "false" }], "whether brokers drop what a retry sends twice"),
    .decimalMilliseconds(
      "linger.ms", also: ["queue.buffering.max.ms"], anyTime, default: 5, \.linger,
      by: [.init(ProduceOptions.linger, duration)], "wait for a batch to fill"),
    .number(
      "batch.size", 1...Int64(Int32.max), default: 1 << 20, unit: " bytes", \.batchBytes,
      by: [.init(ProduceOptions.batchBytes, size)], "the largest batch"),
    .number(
      "message.max.bytes", also: ["max.request.size"], 1...Int64(KafkaProducer.maximumRecordBytes), default: 96 << 20,
      unit: " bytes", \.maxRecordBytes, by: [.init(ProduceOptions.maxRecordBytes, size)], "the largest record"),
    .milliseconds(
      "message.timeout.ms", also: ["delivery.timeout.ms"], 1...Int64(Int32.max), default: 120_000, \.deliveryTimeout,
      by: [.init(ProduceOptions.deliveryTimeout, duration)], "time for a record, with retries"),
    .choice(
      "compression.codec", also: ["compression.type"], CompressionCodec.allCases.map { ($0.name, $0) },
      refused: ["inherit": "name a codec"], default: "none", \.codec,
      by: [.init(ProduceOptions.compression) { String($0.prefix { $0 != ":" }) }], "how batches are compressed"),
    .level(
      "compression.level", -131_072...22, \.compressionLevel,
      by: [
        .init(ProduceOptions.compression) { text in
          text.contains(":") ? String(text.drop { $0 != ":" }.dropFirst()) : nil
        }
      ], "how hard, if the codec has such a level; -1 is its default"),
    .level("compression.gzip.level", 1...9, \.gzipLevel, "the same for gzip; -1 is its default"),
    .level("compression.lz4.level", 1...12, \.lz4Level, "the same for lz4; -1 is its default"),
    .level("compression.zstd.level", -131_072...22, unset: nil, default: "3", \.zstdLevel, "the same for zstd"),
    .choice(
      "partitioner", also: ["partitioner.class"],
      [
        ("murmur2_random", PartitionerName.murmur2), ("consistent_random", .crc32), ("random", .random),
        ("round-robin", .roundRobin),
      ],
      synonyms: [
        "org.apache.kafka.clients.producer.internals.defaultpartitioner": "murmur2_random",
        "org.apache.kafka.clients.producer.roundrobinpartitioner": "round-robin",
      ],
      refused: [
        "murmur2": ofKeyOnly, "consistent": ofKeyOnly, "fnv1a": ofKeyOnly, "fnv1a_random": "use murmur2_random",
        "org.apache.kafka.clients.producer.uniformstickypartitioner": "use murmur2_random or random",
      ], default: "murmur2_random", \.partitioner,
      by: [
        .init(ProduceOptions.partitioner) { ["murmur2": "murmur2_random", "crc32": "consistent_random"][$0] ?? $0 }
      ],
      "how keys find partitions"),
    .number(
      "max.in.flight.requests.per.connection", also: ["max.in.flight"], 1...1_000_000, default: 5, \.maximumInFlight,
      "requests without an answer; never more than 5"),
    .number(
      "buffer.memory", also: [.init("queue.buffering.max.kbytes", factor: 1024)], 1...Int64(Int32.max) * 1024,
      default: nil, unit: " bytes", \.producerBufferBytes,
      "memory for records on their way; without it 8 MiB and half a MiB for each further partition, up to 17 MiB"),
  ]
}
