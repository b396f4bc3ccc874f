import KafkaClient
import KafkaMockBroker
import Synchronization

/// Numbered records, to see which are there, which twice, and in what order.
enum Records {
  static func values(_ range: Range<Int>) -> [String] { range.map { "record \($0)" } }

  /// The values that a partition of the mock cluster holds, in order.
  static func stored(in cluster: MockCluster, topic: String = "t", partition: Int32 = 0) async throws -> [String] {
    try await cluster.records(of: topic, partition: partition).map { String(decoding: $0.value ?? [], as: UTF8.self) }
  }
}

extension KafkaProducer {
  /// Appends values one after the other.
  func append(_ values: [String], to topic: String = "t", partition: Int32? = nil) async throws(KafkaError) {
    for value in values {
      let bytes = Array(value.utf8)
      try await append(value: bytes.span.bytes, to: topic, partition: partition)
    }
  }
}

extension KafkaClient {
  /// The values of all records of a topic, as they come.
  func values(
    of topic: String = "t", from start: RecordPosition = .earliest, until end: RecordPosition? = .latest,
    _ configuration: ConsumerConfiguration = .init()
  ) async throws(KafkaError) -> [String] {
    var values: [String] = []
    for try await batch in records(of: topic, from: start, until: end, configuration) {
      try batch.forEach { (record) throws(KafkaError) in
        if let value = record.value {
          values.append(String(decoding: value.bytes, as: UTF8.self))
        } else {
          values.append("null")
        }
      }
    }
    return values
  }
}

extension RawSpan {
  var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
