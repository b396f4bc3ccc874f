package import KafkaProtocol

extension ClusterMetadata {
  /// Takes a broker's answer. Its bytes are hostile: ports and indexes out of range become errors of their place.
  package init(_ response: MetadataResponse) {
    let brokers = response.brokers.compactMap { broker -> Broker? in
      guard let port = UInt16(exactly: broker.port), port > 0 else { return nil }
      return Broker(id: broker.nodeId, address: BrokerAddress(host: broker.host, port: port), rack: broker.rack)
    }
    self.init(
      clusterID: response.clusterId,
      controllerID: response.controllerId >= 0 ? response.controllerId : nil,
      brokers: brokers,
      topics: response.topics.compactMap(Topic.init))
  }

  /// Fills what this snapshot misses for a moment from the one before: topics that are still being asked for keep
  /// their partitions when the answer has only a retriable error for them.
  func keepingUsable(from earlier: ClusterMetadata) -> ClusterMetadata {
    var kept = topics
    for index in kept.indices where kept[index].partitions.isEmpty {
      guard let error = kept[index].error, error.isRetriable, let old = earlier.topic(kept[index].name) else {
        continue
      }
      kept[index].partitions = old.partitions
    }
    return ClusterMetadata(clusterID: clusterID, controllerID: controllerID, brokers: brokers, topics: kept)
  }
}

extension ClusterMetadata.Topic {
  fileprivate init?(_ topic: MetadataResponse.Topic) {
    guard let name = topic.name else { return nil }
    let code = topic.errorCode
    var error: KafkaError? = code == .none ? nil : KafkaError(code).about(name)
    let partitions = topic.partitions.filter { $0.partitionIndex >= 0 }
    if error == nil, partitions.isEmpty { error = KafkaError(ErrorCode.unknownTopicOrPartition).about(name) }
    self.init(
      name: name, id: TopicID(topic.topicId), isInternal: topic.isInternal, error: error,
      partitions: partitions.map { ClusterMetadata.Partition($0, of: name) })
  }
}

extension ClusterMetadata.Partition {
  fileprivate init(_ partition: MetadataResponse.Topic.Partition, of topic: String) {
    let code = partition.errorCode
    self.init(
      index: partition.partitionIndex,
      leader: partition.leaderId >= 0 ? partition.leaderId : nil,
      leaderEpoch: partition.leaderEpoch,
      replicas: partition.replicaNodes, inSyncReplicas: partition.isrNodes, offlineReplicas: partition.offlineReplicas,
      // A replica that is missing (9) does not keep the leader from serving; Java ignores it too.
      error: code == .none || code == .replicaNotAvailable
        ? nil : KafkaError(code).about(topic, partition.partitionIndex))
  }
}
