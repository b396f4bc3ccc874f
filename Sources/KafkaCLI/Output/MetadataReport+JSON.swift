import Buffers
import KafkaClient
import KafkaProtocol

/// A cluster as one object of JSON. Topics and partitions are written as they are looked at: there may be very many.
extension MetadataReport {
  func appendJSON(to output: inout BytesBuilder) {
    output.append(literal: "{\"cluster\":")
    JSONValue.optional(metadata.clusterID).write(into: &output)
    output.append(literal: ",\"controller\":")
    Self.append(metadata.controllerID, to: &output)
    output.append(literal: ",\"brokers\":")
    JSONValue.array(metadata.brokers.map(Self.json)).write(into: &output)
    output.append(literal: ",\"topics\":[")
    for (index, topic) in metadata.topics.enumerated() {
      if index > 0 { output.append(byte: UInt8(ascii: ",")) }
      Self.append(topic, to: &output)
    }
    output.append(literal: "]}\n")
  }

  private static func json(of broker: ClusterMetadata.Broker) -> JSONValue {
    .fields([
      ("id", .number(broker.id)), ("host", .string(broker.address.host)), ("port", .number(broker.address.port)),
      ("rack", .optional(broker.rack)),
    ])
  }

  private static func append(_ topic: ClusterMetadata.Topic, to output: inout BytesBuilder) {
    output.append(literal: "{\"topic\":")
    output.append(json: topic.name)
    output.append(literal: ",\"id\":")
    JSONValue.optional(topic.id?.description).write(into: &output)
    output.append(literal: ",\"internal\":")
    JSONValue.bool(topic.isInternal).write(into: &output)
    append(topic.error, to: &output)
    output.append(literal: ",\"partitions\":[")
    for (index, partition) in topic.partitions.enumerated() {
      if index > 0 { output.append(byte: UInt8(ascii: ",")) }
      append(json: partition, to: &output)
    }
    output.append(literal: "]}")
  }

  private static func append(json partition: ClusterMetadata.Partition, to output: inout BytesBuilder) {
    output.append(literal: "{\"partition\":")
    append(partition.index, to: &output)
    output.append(literal: ",\"leader\":")
    append(partition.leader, to: &output)
    output.append(literal: ",\"leaderEpoch\":")
    append(partition.leaderEpoch >= 0 ? partition.leaderEpoch : nil, to: &output)
    output.append(literal: ",\"replicas\":[")
    append(partition.replicas, to: &output)
    output.append(literal: "],\"inSyncReplicas\":[")
    append(partition.inSyncReplicas, to: &output)
    output.append(literal: "],\"offlineReplicas\":[")
    append(partition.offlineReplicas, to: &output)
    output.append(byte: UInt8(ascii: "]"))
    append(partition.error, to: &output)
    output.append(byte: UInt8(ascii: "}"))
  }

  private static func append(_ number: Int32?, to output: inout BytesBuilder) {
    guard let number else { return output.append(literal: "null") }
    output.append(decimal: Int64(number))
  }

  private static func append(_ error: KafkaError?, to output: inout BytesBuilder) {
    output.append(literal: ",\"error\":")
    JSONValue.optional(error?.reason).write(into: &output)
  }
}
