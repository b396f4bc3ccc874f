import KafkaProtocol

/// Random numbers that are the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

/// Records of random fields, those that the format keeps.
func randomRecords(format: RecordFormat, seed: UInt64) -> [ExpectedRecord] {
  var generator = SeededGenerator(seed: seed)
  let count = Int.random(in: 1...60, using: &generator)
  return (0..<count).map { index in
    var record = ExpectedRecord([:])
    record.offset = Int64(index)
    record.key = randomField(&generator)
    record.value = randomField(&generator)
    if format > .v0 {
      record.timestamp =
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: -1
        case 1: Int64.random(in: 0...Int64.max, using: &generator)
        default: 1_700_000_000_000 + Int64.random(in: -5000...5000, using: &generator)
        }
    }
    if format == .v2 {
      record.headers = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        ExpectedRecord.Header(name: randomField(&generator) ?? [], value: randomField(&generator))
      }
    }
    return record
  }
}

private func randomField(_ generator: inout SeededGenerator) -> [UInt8]? {
  let sizes = [0, 1, 20, 63, 64, 65, 200, 8191, 8192, 20_000]
  switch Int.random(in: 0..<20, using: &generator) {
  case 0..<3: return nil
  case 3..<6: return []
  case 6: return bytes(sizes.randomElement(using: &generator) ?? 0, random: true, &generator)
  default: return bytes(Int.random(in: 1...100, using: &generator), random: false, &generator)
  }
}

private func bytes(_ count: Int, random: Bool, _ generator: inout SeededGenerator) -> [UInt8] {
  (0..<count).map { random ? UInt8.random(in: 0...255, using: &generator) : UInt8(truncatingIfNeeded: 0x61 + $0 % 7) }
}

extension RecordBatchBuilder {
  mutating func append(_ record: ExpectedRecord) -> Bool {
    var headers = EncodedHeaders()
    for header in record.headers {
      headers.append(name: header.name.span.bytes, value: header.value?.span.bytes)
    }
    return append(
      key: record.key?.span.bytes, value: record.value?.span.bytes, headers: headers, timestamp: record.timestamp)
  }
}

/// Encodes records as one batch.
func draft(_ records: [ExpectedRecord], format: RecordFormat) -> DraftBatch {
  var builder = RecordBatchBuilder(format: format, capacity: 4 << 20)
  for record in records { precondition(builder.append(record)) }
  return builder.finish()
}
