package import Buffers
package import KafkaClient

/// A cluster as text or JSON.
package struct MetadataReport: Sendable {
  let metadata: ClusterMetadata

  package init(_ metadata: ClusterMetadata) { self.metadata = metadata }

  /// Appends the report in the form asked for, ending with a newline.
  package func append(_ view: MetadataArguments.ClusterView, to output: inout BytesBuilder) {
    switch view {
    case .json: appendJSON(to: &output)
    case .brokerAddresses: for broker in metadata.brokers { append(broker.address.description, to: &output) }
    case .topicNames: for topic in metadata.topics { append(topic.name, to: &output) }
    case .text: appendText(to: &output)
    }
  }

  private func append(_ line: String, to output: inout BytesBuilder) {
    output.append(utf8: TerminalText.escaped(line) + "\n")
  }

  // MARK: Text

  private func appendText(to output: inout BytesBuilder) {
    append("cluster \(metadata.clusterID ?? "-")", to: &output)
    append(Self.count(metadata.brokers.count, "broker"), to: &output)
    for broker in metadata.brokers {
      var line = "  broker \(broker.id) at \(broker.address)"
      if let rack = broker.rack { line += ", rack \(rack)" }
      if broker.id == metadata.controllerID { line += " (controller)" }
      append(line, to: &output)
    }
    append(Self.count(metadata.topics.count, "topic"), to: &output)
    for topic in metadata.topics {
      var line = "  topic \(topic.name), \(Self.count(topic.partitions.count, "partition"))"
      if let id = topic.id { line += ", id \(id)" }
      if topic.isInternal { line += " (internal)" }
      if let error = topic.error { line += ": \(error.reason)" }
      append(line, to: &output)
      for partition in topic.partitions { Self.append(partition, to: &output) }
    }
  }

  /// Appends the line of a partition without making text of it first: a cluster may have very many.
  private static func append(_ partition: ClusterMetadata.Partition, to output: inout BytesBuilder) {
    output.append(literal: "    partition ")
    output.append(decimal: Int64(partition.index))
    output.append(literal: ", leader ")
    if let leader = partition.leader {
      output.append(decimal: Int64(leader))
    } else {
      output.append(literal: "none")
    }
    output.append(literal: ", replicas ")
    append(partition.replicas, to: &output)
    output.append(literal: ", in sync ")
    append(partition.inSyncReplicas, to: &output)
    if !partition.offlineReplicas.isEmpty {
      output.append(literal: ", offline ")
      append(partition.offlineReplicas, to: &output)
    }
    if partition.inSyncReplicas.count < partition.replicas.count { output.append(literal: " (under-replicated)") }
    if let error = partition.error { output.append(utf8: ": " + TerminalText.escaped(error.reason)) }
    output.append(byte: 0x0A)
  }

  static func append(_ brokers: [Int32], to output: inout BytesBuilder) {
    for (index, broker) in brokers.enumerated() {
      if index > 0 { output.append(byte: UInt8(ascii: ",")) }
      output.append(decimal: Int64(broker))
    }
  }

  private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
