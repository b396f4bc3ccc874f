import Buffers
import KafkaProtocol

/// Appends records to partitions.
enum ProduceHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...13

  static func names(in request: ProduceRequest, _ state: ClusterState) -> [PartitionName] {
    request.topicData.flatMap { topic in
      let name = state.topicNames[topic.topicId] ?? topic.name
      return topic.partitionData.map { PartitionName(name, $0.index) }
    }
  }

  static func handle(
    _ request: ProduceRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<ProduceResponse> {
    var response = ProduceResponse()
    var hints: [Int32] = []
    for topic in request.topicData {
      let name = context.version >= 13 ? state.topicNames[topic.topicId] : topic.name
      var answer = ProduceResponse.Topic(name: topic.name, topicId: topic.topicId)
      for partition in topic.partitionData {
        var result = ProduceResponse.Topic.Partition(index: partition.index, baseOffset: -1)
        append(partition, to: name, acks: request.acks, context, in: &state, &result)
        if let hint = hint(result.errorCode, name, partition.index, context, state) {
          result.currentLeader = hint
          hints.append(hint.leaderId)
        }
        answer.partitionResponses.append(result)
      }
      response.responses.append(answer)
    }
    response.nodeEndpoints = state.brokers.filter { hints.contains($0.id) }.map { broker in
      ProduceResponse.NodeEndpoint(
        nodeId: broker.id, host: broker.host, port: Int32(broker.port), rack: broker.rack)
    }
    guard request.acks == 0 else { return .answer(response) }
    // Who wants no answer can be told of an error only by losing the connection.
    let isDone = response.responses.allSatisfy { $0.partitionResponses.allSatisfy { $0.errorCode == .none } }
    return isDone ? .silence : .close
  }

  private static func append(
    _ partition: ProduceRequest.Topic.Partition, to name: String?, acks: Int16, _ context: RequestContext,
    in state: inout ClusterState, _ result: inout ProduceResponse.Topic.Partition
  ) {
    do throws(ProduceRefusal) {
      guard let name else { throw ProduceRefusal(.unknownTopicId) }
      if let code = context.error(for: name, partition.index) ?? context.topLevelError { throw ProduceRefusal(code) }
      guard (-1...1).contains(acks) else { throw ProduceRefusal(.invalidRequiredAcks) }
      if let code = state.refusal(name, partition.index, at: context.broker) { throw ProduceRefusal(code) }
      let validation = RecordValidation(
        version: context.version,
        maximumBatchSize: state.topics[name]?.maximumBatchSize ?? state.settings.maximumBatchSize)
      let batches = try validation.batches(of: partition.records)
      try state.topics[name]?.recordRules.check(batches, version: context.version, now: context.now)
      try append(batches, to: name, partition.index, context, in: &state, &result)
      result.errorCode = context.errorAfterwards(for: name, partition.index) ?? .none
    } catch {
      result.errorCode = error.code
      result.errorMessage = error.message
      result.recordErrors = error.records
    }
    if result.errorCode != .none {
      result.baseOffset = -1
      result.logAppendTimeMs = -1
      result.logStartOffset = -1
    }
  }

  private static func append(
    _ batches: [IncomingBatch], to name: String, _ partition: Int32, _ context: RequestContext,
    in state: inout ClusterState, _ result: inout ProduceResponse.Topic.Partition
  ) throws(ProduceRefusal) {
    let refusesUnknown = state.versions.refusesUnknownProducers
    let appendTime = state.topics[name]?.usesAppendTime == true ? context.now : nil
    let outcome = state.withPartition(name, partition) { partition -> Result<Int64, ProduceRefusal> in
      for batch in batches {
        switch partition.producers.verdict(on: batch, refusesUnknown: refusesUnknown) {
        case .append: continue
        case .duplicate(let offset): return .success(offset)
        case .refuse(let code): return .failure(ProduceRefusal(code))
        }
      }
      let base = partition.log.append(
        batches, leaderEpoch: partition.leaderEpoch, now: context.now, appendTime: appendTime)
      for batch in batches { partition.producers.note(batch, baseOffset: base) }
      return .success(base)
    }
    guard let outcome else { throw ProduceRefusal(.unknownTopicOrPartition) }
    result.baseOffset = try outcome.get()
    result.logAppendTimeMs = appendTime ?? -1
    result.logStartOffset = state.partition(name, partition)?.log.startOffset ?? -1
  }

  /// Who leads the partition, for one that was sent to another broker (KIP-951).
  private static func hint(
    _ code: ErrorCode, _ name: String?, _ partition: Int32, _ context: RequestContext, _ state: ClusterState
  ) -> ProduceResponse.Topic.Partition.CurrentLeader? {
    guard code == .notLeaderOrFollower, context.version >= 10, let name,
      let partition = state.partition(name, partition), partition.leader != context.broker
    else { return nil }
    return ProduceResponse.Topic.Partition.CurrentLeader(
      leaderId: partition.leader, leaderEpoch: partition.leaderEpoch)
  }
}
