import KafkaProtocol
import Transport

/// Asks for offsets: one ListOffsets request per leader, whatever the number of partitions.
extension Cluster {
  /// How often the brokers are asked again for a topic or partition that they do not know.
  private static let unknownTries = 2

  /// The offsets of one position in many partitions.
  ///
  /// An error stays with its partition. One that a newer snapshot or another try may mend is tried again until
  /// `deadline`.
  /// - Returns: One answer for each of `partitions`, in their order.
  func offsets(
    of partitions: [TopicPartition], at position: OffsetPosition, by deadline: Instant
  ) async -> [PartitionOffset] {
    var answers: [TopicPartition: PartitionOffset] = [:]
    // A broker refuses a request that names a partition twice.
    var open = partitions.reduce(into: (seen: Set<TopicPartition>(), unique: [TopicPartition]())) { result, partition in
      if result.seen.insert(partition).inserted { result.unique.append(partition) }
    }.unique
    let unique = open
    var backoff = Backoff(configuration.retryBackoff)
    // A leader that never answers shall leave time to ask it over another connection.
    let attempt = (deadline - runtime.loop.now) / 3
    while true {
      for answer in await askLeaders(of: open, at: position, by: deadline, attempt: attempt) {
        answers[answer.partition] = answer
      }
      // A topic that was made just now is not known everywhere at once; one that does not exist is not waited for.
      let believesUnknown = backoff.failures >= Self.unknownTries
      open = unique.filter { partition in
        guard let error = answers[partition]?.error else { return false }
        return error.isRetriable && !(believesUnknown && error.code == .unknownTopicOrPartition)
      }
      let wait = backoff.next(runtime.entropy)
      guard !open.isEmpty, !isClosed, runtime.loop.now + wait < deadline else { break }
      if let error = answers[open[0]]?.error { configuration.report(.retry, "\(error); trying again") }
      do throws(KafkaError) {
        try await pause(wait)
        _ = try await refreshed(by: deadline)
      } catch { break }
    }
    return partitions.map {
      answers[$0]
        ?? PartitionOffset(partition: $0, error: KafkaError(.timedOut, "no answer").about($0.topic, $0.partition))
    }
  }

  /// Asks every leader once, all at the same time.
  private func askLeaders(
    of partitions: [TopicPartition], at position: OffsetPosition, by deadline: Instant, attempt: Duration
  ) async -> [PartitionOffset] {
    var byLeader: [Int32: [TopicPartition]] = [:]
    var answers: [PartitionOffset] = []
    for partition in partitions {
      switch leader(of: partition) {
      case .success(let leader): byLeader[leader, default: []].append(partition)
      case .failure(let error):
        answers.append(PartitionOffset(partition: partition, error: error.during("ListOffsets")))
      }
    }
    await withTaskGroup(of: [PartitionOffset].self) { group in
      for (leader, partitions) in byLeader.sorted(by: { $0.key < $1.key }) {
        group.addTask { await self.ask(leader, for: partitions, at: position, by: deadline, attempt: attempt) }
      }
      for await some in group { answers += some }
    }
    return answers
  }

  /// The leader as the snapshot has it, or why there is none.
  func leader(of partition: TopicPartition) -> Result<Int32, KafkaError> {
    let (topic, index) = (partition.topic, partition.partition)
    guard let known = snapshot.topic(topic) else {
      return .failure(KafkaError(ErrorCode.unknownTopicOrPartition).about(topic, index))
    }
    guard let found = known.partition(index) else {
      if let error = known.error { return .failure(error) }
      return .failure(.unknownPartition(index, of: topic, count: known.partitions.count))
    }
    guard let leader = found.leader else {
      return .failure(found.error ?? KafkaError(ErrorCode.leaderNotAvailable).about(topic, index))
    }
    return .success(leader)
  }

  private func ask(
    _ leader: Int32, for partitions: [TopicPartition], at position: OffsetPosition, by deadline: Instant,
    attempt: Duration
  ) async -> [PartitionOffset] {
    do throws(KafkaError) {
      let (connection, versions) = try await connect(toBroker: leader, for: .queries)
      // A broker that does not know of transactions has none that are open.
      let knowsStable = versions.highest(of: ListOffsetsRequest.self, in: OffsetPosition.stable.versions) != nil
      let position = position == .stable && !knowsStable ? .latest : position
      let version = try versions.require(ListOffsetsRequest.self, in: position.versions)
      let left = deadline - runtime.loop.now
      guard left > .zero else { throw KafkaError(.timedOut, "the time allowed ran out") }
      let response = try await connection.send(
        request(for: partitions, at: position), version: version,
        timeout: min(left, attempt, configuration.requestTimeout))
      return read(response, for: partitions)
    } catch {
      var error = error
      if error.code == .unsupportedVersion, let release = position.firstRelease {
        error.hint = "such a place can be asked for since Kafka \(release)"
      }
      return partitions.map { [error] in
        PartitionOffset(partition: $0, error: error.during("ListOffsets").about($0.topic, $0.partition))
      }
    }
  }

  private func request(for partitions: [TopicPartition], at position: OffsetPosition) -> ListOffsetsRequest {
    var topics: [ListOffsetsRequest.Topic] = []
    var places: [String: Int] = [:]
    for partition in partitions {
      let place = places[partition.topic] ?? topics.count
      if place == topics.count {
        topics.append(.init(name: partition.topic))
        places[partition.topic] = place
      }
      topics[place].partitions.append(
        .init(partitionIndex: partition.partition, timestamp: position.wireTimestamp, maxNumOffsets: 1))
    }
    return ListOffsetsRequest(replicaId: -1, isolationLevel: position == .stable ? 1 : 0, topics: topics)
  }

  private func read(_ response: ListOffsetsResponse, for partitions: [TopicPartition]) -> [PartitionOffset] {
    var found: [TopicPartition: PartitionOffset] = [:]
    for topic in response.topics {
      for answer in topic.partitions {
        let partition = TopicPartition(topic.name, answer.partitionIndex)
        // The first answer for a partition counts; one that was not asked for is of no interest.
        guard found[partition] == nil else { continue }
        let code = answer.errorCode
        let offset = answer.oldStyleOffsets.first ?? answer.offset
        found[partition] = PartitionOffset(
          partition: partition,
          offset: code == .none && offset >= 0 ? offset : nil,
          timestamp: answer.timestamp >= 0 ? answer.timestamp : nil,
          error: code == .none
            ? nil : KafkaError(code).about(partition.topic, partition.partition).during("ListOffsets"))
      }
    }
    return partitions.map {
      found[$0]
        ?? PartitionOffset(
          partition: $0,
          error: KafkaError(.malformedResponse, "the broker's answer leaves the partition out")
            .about($0.topic, $0.partition).during("ListOffsets"))
    }
  }
}
