import Buffers
import KafkaClient

/// Finds the newest records of all partitions and writes them by time.
///
/// Each partition is read backwards in pieces that grow, until it has given as many records as are wanted or is at its
/// beginning: where offsets are missing, or a filter leaves records out, the last *n* offsets are not *n* records.
struct NewestRecords: ~Copyable {
  /// How many bytes may be kept: of output, and of what is remembered of each record.
  static let maximumBytes = 64 << 20
  /// How many records may be asked for.
  static let maximumCount = 1_000_000

  private let count: Int
  private var newest: NewestEntries

  init(_ count: Int) {
    self.count = count
    newest = NewestEntries(count)
  }

  mutating func copy(from stream: RecordStream, to printer: inout RecordPrinter) async throws(ConsumeFailure) {
    var found = [Int](repeating: 0, count: stream.ranges.count)
    // What has not been read of each partition.
    var unread = stream.ranges
    var size = Int64(count)
    while true {
      let open = unread.indices.filter { found[$0] < count && (unread[$0].end ?? 0) > unread[$0].start }
      guard !open.isEmpty else { break }
      var pieces: [PartitionRange] = []
      for index in open {
        let end = unread[index].end ?? 0
        let start = max(unread[index].start, end - min(size, end - unread[index].start))
        pieces.append(PartitionRange(unread[index].partition, start: start, end: end))
        unread[index].end = start
      }
      await stream.begin(pieces)
      try await read(stream, &found, &printer)
      guard !stream.isInterrupted else { return }
      size = size > .max / 16 ? size : size * 8
    }
    try newest.forEach { (record) throws(ConsumeFailure) in
      if printer.left > 0 { try printer.print(collected: record) }
    }
  }

  private mutating func read(
    _ stream: RecordStream, _ found: inout [Int], _ printer: inout RecordPrinter
  ) async throws(ConsumeFailure) {
    let indexes = Dictionary(stream.ranges.indices.map { (stream.ranges[$0].partition, $0) }) { first, _ in first }
    var buffer = BytesBuilder(capacity: 1 << 12)
    while let batch = try await stream.next() {
      guard let index = indexes[batch.partition] else { continue }
      var passed = 0
      let damage = try printer.collect(batch, into: &buffer) { timestamp, offset, buffer in
        passed += 1
        newest.keep(timestamp: timestamp, partition: index, offset: offset, buffer.span)
        buffer.truncate(to: 0)
      }
      found[index] += passed
      guard newest.heldBytes <= Self.maximumBytes else {
        throw .client(
          KafkaError(
            .recordTooLarge, "the newest \(count) records take more than \(Self.maximumBytes >> 20) MiB",
            hint: "ask for fewer, or use -o -N, which keeps nothing in memory"))
      }
      if let damage { try stream.skip(batch, damage) }
    }
  }
}
