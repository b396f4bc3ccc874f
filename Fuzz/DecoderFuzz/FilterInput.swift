import Buffers
import KafkaCompression
import KafkaProtocol

@testable import KafkaCLI

/// Inputs for filters: an expression, a byte of zero, and the value of a record whose key and header are its beginning.
enum FilterInput {
  private static let now: Int64 = 1_700_000_000_000

  static func run(_ input: Bytes) {
    let end = input.array.firstIndex(of: 0) ?? input.count
    guard let filter = try? RecordFilter(parsing: [Array(input.array[..<end])]).resolved(now: now) else { return }
    _ = FilterNarrowing(filter)
    guard let batch = batch(of: input[min(end + 1, input.count)..<input.count]) else { return }
    // The second time the automata have their states already.
    var matcher = FilterMatcher(filter)
    let first = matches(batch, &matcher)
    precondition(matches(batch, &matcher) == first, "a filter changes its mind")
  }

  private static func matches(_ batch: OpenedBatch, _ matcher: inout FilterMatcher) -> Bool {
    var records = batch.records
    guard let record = try? records.next() else { return false }
    return matcher.matches(record, topic: Bytes(utf8: "t"), partition: 0)
  }

  private static func batch(of value: Bytes) -> OpenedBatch? {
    var builder = RecordBatchBuilder(capacity: 1 << 14)
    let key = value[0..<min(16, value.count)]
    let headers = EncodedHeaders([(name: "h", value: key.array)])
    guard builder.append(key: key.span, value: value.span, headers: headers, timestamp: now) else { return nil }
    var reader = RecordSetReader(builder.finish().sealed(producer: nil).bytes)
    guard let batch = try? reader.next() else { return nil }
    return try? BatchOpener.open(batch, limit: 1 << 14)
  }
}
