import Buffers
import KafkaProtocol

/// One look at the partitions of a fetch request, in the order in which it names them.
struct FetchPass {
  let request: FetchRequest
  let context: RequestContext
  let state: ClusterState
  /// The number of bytes of records so far.
  private(set) var byteCount = 0
  /// Whether a partition has an error, which is told at once.
  private(set) var hasErrors = false
  /// Whether a partition is better read elsewhere, which is told at once too.
  private(set) var hasNearerReplicas = false
  private var hinted: [Int32] = []

  init(request: FetchRequest, context: RequestContext, state: ClusterState) {
    self.request = request
    self.context = context
    self.state = state
  }

  private var version: Int16 { context.version }

  /// Where the leaders are that partitions were answered with (KIP-951).
  var endpoints: [FetchResponse.NodeEndpoint] {
    state.brokers.filter { hinted.contains($0.id) }.map { broker in
      FetchResponse.NodeEndpoint(
        nodeId: broker.id, host: broker.host, port: Int32(broker.port), rack: broker.rack)
    }
  }

  /// The newest format that a client of this version knows.
  private var format: RecordFormat {
    switch version {
    case ...1: .v0
    case ...3: .v1
    default: .v2
    }
  }

  mutating func read(
    _ partition: FetchRequest.Topic.Partition, of name: String?
  ) -> FetchResponse.Topic.Partition {
    var answer = FetchResponse.Topic.Partition(
      partitionIndex: partition.partition, highWatermark: -1, lastStableOffset: -1, logStartOffset: -1,
      abortedTransactions: request.isolationLevel == 1 ? [] : nil, preferredReadReplica: -1, records: .empty)
    guard let name else {
      answer.errorCode = .unknownTopicId
      hasErrors = true
      return answer
    }
    answer.errorCode = refusal(partition, of: name) ?? .none
    if answer.errorCode == .none, let log = state.partition(name, partition.partition)?.log {
      if let replica = nearerReplica(name, partition.partition) {
        answer.preferredReadReplica = replica
        answer.highWatermark = log.endOffset
        answer.lastStableOffset = log.endOffset
        answer.logStartOffset = log.startOffset
        hasNearerReplicas = true
      } else {
        fill(&answer, from: log, partition)
      }
    }
    if answer.errorCode != .none {
      hasErrors = true
      addHint(&answer, name)
    }
    return answer
  }

  private func refusal(_ partition: FetchRequest.Topic.Partition, of name: String) -> ErrorCode? {
    context.error(for: name, partition.partition)
      ?? context.errorAfterwards(for: name, partition.partition)
      ?? state.refusal(
        name, partition.partition, at: context.broker, leaderEpoch: partition.currentLeaderEpoch,
        servesReplicas: namesRack)
  }

  /// Whether the client knows of replicas that are nearer than leaders (KIP-392).
  private var namesRack: Bool { version >= 11 && !request.rackId.isEmpty }

  /// The replica in the client's rack that is to be read in place of this leader.
  private func nearerReplica(_ name: String, _ index: Int32) -> Int32? {
    guard namesRack, let partition = state.partition(name, index), partition.leader == context.broker,
      state.broker(context.broker)?.rack != request.rackId
    else { return nil }
    return partition.replicas.first { replica in
      state.listedBrokers.contains { $0.id == replica && $0.rack == request.rackId }
    }
  }

  private mutating func fill(
    _ answer: inout FetchResponse.Topic.Partition, from log: PartitionLog,
    _ partition: FetchRequest.Topic.Partition
  ) {
    guard (log.startOffset...log.endOffset).contains(partition.fetchOffset) else {
      answer.errorCode = .offsetOutOfRange
      return
    }
    answer.highWatermark = log.endOffset
    answer.lastStableOffset = log.endOffset
    answer.logStartOffset = log.startOffset
    let limit = min(Int(partition.partitionMaxBytes), bytesLeft)
    guard version >= 10 || !log.hasCodec(.zstd, from: partition.fetchOffset, limit: limit) else {
      answer.errorCode = .unsupportedCompressionType
      return
    }
    do throws(RecordError) {
      // From version 3 on the first batch of the first partition that has any comes whole (KIP-74).
      let records = try log.read(
        from: partition.fetchOffset, limit: limit, wholeFirst: version >= 3 && byteCount == 0, format: format)
      answer.records = records
      byteCount += records.count
    } catch {
      answer.errorCode = .unknownServerError
    }
  }

  private var bytesLeft: Int { version >= 3 ? max(Int(request.maxBytes) - byteCount, 0) : .max }

  private mutating func addHint(_ answer: inout FetchResponse.Topic.Partition, _ name: String) {
    guard answer.errorCode == .notLeaderOrFollower || answer.errorCode == .fencedLeaderEpoch, version >= 16,
      let partition = state.partition(name, answer.partitionIndex), partition.leader != context.broker
    else { return }
    answer.currentLeader = FetchResponse.Topic.Partition.CurrentLeader(
      leaderId: partition.leader, leaderEpoch: partition.leaderEpoch)
    hinted.append(partition.leader)
  }
}
