import Buffers

/// What all records of a partition have in common when they are written, prepared once.
package struct PartitionLabel: Sendable {
  package let topic: String
  package let partition: Int32
  let topicBytes: Bytes
  /// The beginning of a record's JSON object, as far as the offset.
  let jsonPrefix: Bytes

  package init(topic: String, partition: Int32) {
    self.topic = topic
    self.partition = partition
    let topicBytes = Bytes(utf8: topic)
    self.topicBytes = topicBytes
    var prefix = BytesBuilder()
    prefix.append(literal: "{\"topic\":")
    prefix.append(json: topicBytes.span)
    prefix.append(literal: ",\"partition\":")
    prefix.append(decimal: Int64(partition))
    prefix.append(literal: ",\"offset\":")
    jsonPrefix = prefix.finish()
  }
}
