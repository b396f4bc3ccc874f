import KafkaProtocol

/// Tells of the brokers, and of topics, partitions and leaders.
enum MetadataHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...13

  static func names(in request: MetadataRequest, _ state: ClusterState) -> [PartitionName] {
    wanted(request, version: versions.upperBound, state).compactMap { topic in
      (topic.name ?? state.topicNames[topic.topicId]).map { PartitionName($0) }
    }
  }

  static func handle(
    _ request: MetadataRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<MetadataResponse> {
    var response = MetadataResponse(
      brokers: state.listedBrokers.map { broker in
        MetadataResponse.Broker(
          nodeId: broker.id, host: broker.host, port: Int32(broker.port), rack: broker.rack)
      },
      clusterId: state.clusterID, controllerId: state.controllerID)
    response.errorCode = context.topLevelError ?? .none
    // Before version 4 a client could not say that it wants no topic created.
    let creates = state.settings.createsTopics && (context.version < 4 || request.allowAutoTopicCreation)
    for topic in wanted(request, version: context.version, state) {
      response.topics.append(describe(topic, creates: creates, context, in: &state))
    }
    return .answer(response)
  }

  /// The topics asked for; all of them where the request names none in the way its version has for that.
  private static func wanted(
    _ request: MetadataRequest, version: Int16, _ state: ClusterState
  ) -> [MetadataRequest.Topic] {
    if let topics = request.topics, version > 0 || !topics.isEmpty { return topics }
    return state.topics.keys.sorted().map { MetadataRequest.Topic(name: $0) }
  }

  private static func describe(
    _ topic: MetadataRequest.Topic, creates: Bool, _ context: RequestContext, in state: inout ClusterState
  ) -> MetadataResponse.Topic {
    var answer = MetadataResponse.Topic(name: topic.name, topicId: topic.topicId)
    guard let name = topic.name ?? state.topicNames[topic.topicId] else {
      answer.errorCode = .unknownTopicId
      // Null is there for a name from version 12 on.
      if context.version < 12 { answer.name = "" }
      return answer
    }
    answer.name = name
    if let code = context.error(for: name) ?? context.errorAfterwards(for: name) {
      answer.errorCode = code
    } else if let known = state.topics[name] {
      answer.topicId = known.id
      let up = Set(state.listedBrokers.map(\.id))
      answer.partitions = known.partitions.enumerated().map { describe($1, index: Int32($0), up: up) }
    } else {
      answer.errorCode = create(name, creates: creates, in: &state)
    }
    return answer
  }

  private static func create(_ name: String, creates: Bool, in state: inout ClusterState) -> ErrorCode {
    guard TopicState.isValidName(name) else { return .invalidTopicException }
    guard creates else { return .unknownTopicOrPartition }
    let refusal = state.createTopic(
      name, partitions: state.settings.defaultPartitions, replicationFactor: state.settings.defaultReplicationFactor)
    return refusal ?? state.versions.newTopicError
  }

  private static func describe(
    _ partition: PartitionState, index: Int32, up: Set<Int32>
  ) -> MetadataResponse.Topic.Partition {
    MetadataResponse.Topic.Partition(
      errorCode: partition.leader < 0 ? .leaderNotAvailable : .none, partitionIndex: index,
      leaderId: partition.leader, leaderEpoch: partition.leaderEpoch, replicaNodes: partition.replicas,
      isrNodes: partition.replicas.filter { up.contains($0) },
      offlineReplicas: partition.replicas.filter { !up.contains($0) })
  }
}
