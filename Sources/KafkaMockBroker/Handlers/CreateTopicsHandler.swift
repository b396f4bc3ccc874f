import KafkaProtocol

/// Creates topics. Any broker does it, as they pass it on to the controller.
enum CreateTopicsHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...7

  static func names(in request: CreateTopicsRequest, _ state: ClusterState) -> [PartitionName] {
    request.topics.map { PartitionName($0.name) }
  }

  static func handle(
    _ request: CreateTopicsRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<CreateTopicsResponse> {
    var response = CreateTopicsResponse()
    for topic in request.topics {
      response.topics.append(
        create(topic, isRepeated: isRepeated(topic, in: request), onlyChecks: request.validateOnly, context, &state))
    }
    return .answer(response)
  }

  private static func isRepeated(_ topic: CreateTopicsRequest.Topic, in request: CreateTopicsRequest) -> Bool {
    request.topics.count { $0.name == topic.name } > 1
  }

  private static func create(
    _ topic: CreateTopicsRequest.Topic, isRepeated: Bool, onlyChecks: Bool, _ context: RequestContext,
    _ state: inout ClusterState
  ) -> CreateTopicsResponse.Topic {
    var answer = CreateTopicsResponse.Topic(name: topic.name, numPartitions: -1, replicationFactor: -1)
    var changed = state
    let code = isRepeated ? .invalidRequest : refusal(topic, context, &changed)
    if let code {
      answer.errorCode = code
      answer.errorMessage = "topic \(topic.name): \(code.name)"
      return answer
    }
    if let created = changed.topics[topic.name] {
      if !onlyChecks { answer.topicId = created.id }
      answer.numPartitions = Int32(created.partitions.count)
      answer.replicationFactor = Int16(clamping: created.partitions.first?.replicas.count ?? 0)
      answer.configs = []
    }
    if !onlyChecks { state = changed }
    answer.errorCode = context.errorAfterwards(for: topic.name) ?? .none
    return answer
  }

  /// Creates the topic, or says why not.
  private static func refusal(
    _ topic: CreateTopicsRequest.Topic, _ context: RequestContext, _ state: inout ClusterState
  ) -> ErrorCode? {
    if let code = context.error(for: topic.name) ?? context.topLevelError { return code }
    var assignments: [[Int32]]?
    if !topic.assignments.isEmpty {
      guard topic.numPartitions == -1, topic.replicationFactor == -1 else { return .invalidRequest }
      let sorted = topic.assignments.sorted { $0.partitionIndex < $1.partitionIndex }
      guard sorted.enumerated().allSatisfy({ $1.partitionIndex == Int32($0) }) else {
        return .invalidReplicaAssignment
      }
      assignments = sorted.map(\.brokerIds)
    }
    // -1 stands for the cluster's default (KIP-464).
    let partitions = topic.numPartitions == -1 ? state.settings.defaultPartitions : Int(topic.numPartitions)
    let copies = topic.replicationFactor == -1 ? state.settings.defaultReplicationFactor : Int(topic.replicationFactor)
    if let code = state.createTopic(
      topic.name, partitions: partitions, replicationFactor: copies, assignments: assignments)
    {
      return code
    }
    return configure(topic, &state) ? nil : .invalidConfig
  }

  private static func configure(_ topic: CreateTopicsRequest.Topic, _ state: inout ClusterState) -> Bool {
    var isUsable = true
    state.configureTopic(topic.name) { known in
      for config in topic.configs where !known.set(config.name, to: config.value) { isUsable = false }
    }
    return isUsable
  }
}
