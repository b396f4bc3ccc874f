import Buffers
import KafkaClient

/// Records that were stored, a line for each: its topic, partition, offset and timestamp.
struct DeliveryReport {
  private let delivery: ProduceDelivery
  private let form: ReportForm
  /// What comes before the offset, the same in all lines.
  private let prefix: Bytes

  init(_ delivery: ProduceDelivery, _ form: ReportForm) {
    self.delivery = delivery
    self.form = form
    switch form {
    case .text: prefix = Bytes(utf8: "\(delivery.topic)\t\(delivery.partition)\t")
    case .json: prefix = PartitionLabel(topic: delivery.topic, partition: delivery.partition).jsonPrefix
    }
  }

  func write(to writer: inout OutputWriter) throws(OutputError) {
    var offset = delivery.baseOffset
    for own in delivery.timestamps {
      let timestamp = delivery.appendTime ?? own
      writer.buffer.append(prefix)
      switch form {
      case .text: appendText(offset, timestamp, to: &writer.buffer)
      case .json: appendJSON(offset, timestamp, to: &writer.buffer)
      }
      try writer.flushIfFull()
      if offset >= 0 { offset &+= 1 }
    }
  }

  /// Appends fields with a tab between them; -1 is an offset or a timestamp that there is none of.
  private func appendText(_ offset: Int64, _ timestamp: Int64, to buffer: inout BytesBuilder) {
    buffer.append(decimal: offset)
    buffer.append(byte: UInt8(ascii: "\t"))
    buffer.append(decimal: timestamp)
    buffer.append(byte: UInt8(ascii: "\n"))
  }

  /// Appends the rest of an object; null is an offset or a timestamp that there is none of.
  private func appendJSON(_ offset: Int64, _ timestamp: Int64, to buffer: inout BytesBuilder) {
    append(offset, to: &buffer)
    buffer.append(literal: ",\"timestamp\":")
    append(timestamp, to: &buffer)
    buffer.append(literal: "}\n")
  }

  private func append(_ number: Int64, to buffer: inout BytesBuilder) {
    if number == -1 { buffer.append(literal: "null") } else { buffer.append(decimal: number) }
  }
}
