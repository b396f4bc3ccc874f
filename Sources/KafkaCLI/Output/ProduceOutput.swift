import Buffers
import KafkaClient

/// What `produce` writes to standard output: the input as it was read, or a line for each record that was stored.
enum ProduceOutput: Sendable {
  case copy(Bytes)
  case report(ProduceDelivery, ReportForm)

  /// The bytes that it counts for until it is written.
  var weight: Int {
    switch self {
    case .copy(let bytes): bytes.count
    // Less in fact, but what is stored must not run far ahead of what is told of it either.
    case .report(let delivery, _): delivery.recordCount * 16
    }
  }

  func write(to writer: inout OutputWriter) throws(OutputError) {
    switch self {
    case .copy(let bytes):
      writer.buffer.append(bytes)
      try writer.flushIfFull()
    case .report(let delivery, let form): try DeliveryReport(delivery, form).write(to: &writer)
    }
  }
}
