import KafkaProtocol

/// Looks offsets up: the first, the last, that of a time, and that of the highest time.
enum ListOffsetsHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...11

  private typealias Answer = ListOffsetsResponse.Topic.Partition

  /// What a timestamp below zero asks for.
  private enum Special {
    static let latest: Int64 = -1
    static let earliest: Int64 = -2
    /// The record with the highest time (KIP-734).
    static let maxTimestamp: Int64 = -3
    /// The first that is on the broker's own disk (KIP-405).
    static let earliestLocal: Int64 = -4
    /// The last that is in remote storage (KIP-1005), and the first that is not yet (KIP-1023): there is none here.
    static let remote: ClosedRange<Int64> = -6 ... -5
  }

  static func names(in request: ListOffsetsRequest, _ state: ClusterState) -> [PartitionName] {
    request.topics.flatMap { topic in topic.partitions.map { PartitionName(topic.name, $0.partitionIndex) } }
  }

  static func handle(
    _ request: ListOffsetsRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<ListOffsetsResponse> {
    let topics = request.topics.map { topic in
      ListOffsetsResponse.Topic(
        name: topic.name,
        partitions: topic.partitions.map { look(up: $0, of: topic.name, context, state) })
    }
    return .answer(ListOffsetsResponse(topics: topics))
  }

  private static func look(
    up partition: ListOffsetsRequest.Topic.Partition, of name: String, _ context: RequestContext,
    _ state: ClusterState
  ) -> Answer {
    var answer = Answer(partitionIndex: partition.partitionIndex, timestamp: -1, offset: -1, leaderEpoch: -1)
    let injected = context.injected.flatMap { $0.matches(name, partition.partitionIndex) ? $0.code : nil }
    let refusal =
      injected
      ?? state.refusal(
        name, partition.partitionIndex, at: context.broker, leaderEpoch: partition.currentLeaderEpoch)
    guard refusal == nil, let known = state.partition(name, partition.partitionIndex) else {
      answer.errorCode = refusal ?? .unknownTopicOrPartition
      return answer
    }
    do throws(RecordError) {
      if context.version == 0 {
        answer.oldStyleOffsets = segments(of: known.log, partition, now: context.now)
      } else if let found = try position(partition.timestamp, in: known, version: context.version) {
        answer.offset = found.offset
        answer.timestamp = found.timestamp
        answer.leaderEpoch = context.version >= 4 ? found.leaderEpoch : -1
      }
    } catch {
      answer.errorCode = .unknownServerError
    }
    return answer
  }

  private static func position(
    _ timestamp: Int64, in partition: PartitionState, version: Int16
  ) throws(RecordError) -> PartitionLog.Position? {
    let log = partition.log
    func place(_ offset: Int64) -> PartitionLog.Position {
      PartitionLog.Position(offset: offset, timestamp: -1, leaderEpoch: partition.leaderEpoch)
    }
    switch timestamp {
    case Special.latest: return place(log.endOffset)
    case Special.earliest: return place(log.startOffset)
    case Special.maxTimestamp where version >= 7: return try log.latestTimestamp()
    case Special.earliestLocal where version >= 8: return place(log.startOffset)
    case Special.remote: return nil
    default: return try log.first(notBefore: timestamp)
    }
  }

  /// The answer of version 0: where segments begin, the newest first. The log is one segment, and its end counts as
  /// the beginning of one that comes now, if there is anything in it.
  private static func segments(
    of log: PartitionLog, _ partition: ListOffsetsRequest.Topic.Partition, now: Int64
  ) -> [Int64] {
    var starts = [(offset: log.startOffset, time: log.lastAppend)]
    if log.endOffset > log.startOffset { starts.append((offset: log.endOffset, time: now)) }
    let found: ArraySlice<(offset: Int64, time: Int64)>
    switch partition.timestamp {
    case Special.latest: found = starts[...]
    case Special.earliest: found = starts[..<1]
    default: found = starts[..<(starts.lastIndex { $0.time <= partition.timestamp }.map { $0 + 1 } ?? 0)]
    }
    return found.reversed().prefix(max(Int(partition.maxNumOffsets), 0)).map(\.offset)
  }
}
