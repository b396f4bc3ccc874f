import KafkaProtocol
import Transport

/// Asks for offsets: one ListOffsets request per leader, whatever the number of partitions.
extension Cluster {
  /// How often the brokers are asked again for a topic or partition that they do not know.
  private static let unknownTries = 2

  /// The offsets of one position in many partitions; see ``answers(to:of:by:)``.
  func offsets(
    of partitions: [TopicPartition], at position: OffsetPosition, by deadline: Instant
  ) async -> [PartitionOffset] {
    await answers(to: OffsetQuery(position), of: partitions, by: deadline).map {
      PartitionOffset(partition: $0.partition, offset: $0.offsets.first, timestamp: $0.timestamp, error: $0.error)
    }
  }

  /// The offsets of several positions, asked for at the same time: one request for each leader and position.
  ///
  /// - Returns: For each of `positions`, one answer for each of `partitions`, in their order.
  func offsets(
    of partitions: [TopicPartition], atEach positions: [OffsetPosition], by deadline: Instant
  ) async -> [[PartitionOffset]] {
    await withTaskGroup(of: (Int, [PartitionOffset]).self) { group in
      for (index, position) in positions.enumerated() {
        group.addTask { (index, await self.offsets(of: partitions, at: position, by: deadline)) }
      }
      var columns = [[PartitionOffset]](repeating: [], count: positions.count)
      for await (index, answers) in group { columns[index] = answers }
      return columns
    }
  }

  /// What the leaders of many partitions answer to one question.
  ///
  /// An error stays with its partition. One that a newer snapshot or another try may mend is tried again until
  /// `deadline`.
  /// - Returns: One answer for each of `partitions`, in their order.
  func answers(
    to query: OffsetQuery, of partitions: [TopicPartition], by deadline: Instant
  ) async -> [OffsetAnswer] {
    let topics = Set(partitions.map(\.topic))
    for topic in topics { follow(topic, createIfMissing: false) }
    defer { for topic in topics { unfollow(topic) } }
    var answers: [TopicPartition: OffsetAnswer] = [:]
    // A broker refuses a request that names a partition twice.
    var seen: Set<TopicPartition> = []
    let unique = partitions.filter { seen.insert($0).inserted }
    var open = unique
    var backoff = Backoff(configuration.retryBackoff)
    // A leader that never answers shall leave time to ask it over another connection.
    let attempt = (deadline - runtime.loop.now) / 3
    while !open.isEmpty {
      for answer in await askLeaders(of: open, query, by: deadline, attempt: attempt) {
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
        ?? OffsetAnswer(partition: $0, error: KafkaError(.timedOut, "no answer").about($0.topic, $0.partition))
    }
  }

  /// Asks every leader once, all at the same time.
  private func askLeaders(
    of partitions: [TopicPartition], _ query: OffsetQuery, by deadline: Instant, attempt: Duration
  ) async -> [OffsetAnswer] {
    var byLeader: [Int32: [TopicPartition]] = [:]
    var answers: [OffsetAnswer] = []
    for partition in partitions {
      switch leader(of: partition) {
      case .success(let leader): byLeader[leader, default: []].append(partition)
      case .failure(let error):
        answers.append(OffsetAnswer(partition: partition, error: error.during("ListOffsets")))
      }
    }
    await withTaskGroup(of: [OffsetAnswer].self) { group in
      for (leader, partitions) in byLeader.sorted(by: { $0.key < $1.key }) {
        group.addTask { await self.ask(leader, for: partitions, query, by: deadline, attempt: attempt) }
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

  /// The brokers that lead some partitions, as far as they are known.
  ///
  /// - Throws: What keeps a partition from having a leader, if waiting does not help.
  func leaders(of partitions: [TopicPartition]) throws(KafkaError) -> Set<Int32> {
    var leaders: Set<Int32> = []
    for partition in partitions {
      switch leader(of: partition) {
      case .success(let leader): leaders.insert(leader)
      case .failure(let error): if !error.isRetriable { throw error }
      }
    }
    return leaders
  }

  private func ask(
    _ leader: Int32, for partitions: [TopicPartition], _ query: OffsetQuery, by deadline: Instant, attempt: Duration
  ) async -> [OffsetAnswer] {
    do throws(KafkaError) {
      let (connection, versions) = try await connect(toBroker: leader, for: .queries)
      let query = query.known(by: versions)
      let version = try versions.require(ListOffsetsRequest.self, in: query.versions)
      let left = deadline - runtime.loop.now
      guard left > .zero else { throw .outOfTime }
      let response = try await connection.send(
        ListOffsetsRequest(query, of: partitions), version: version,
        timeout: min(left, attempt, configuration.requestTimeout))
      return OffsetAnswer.read(response, for: partitions)
    } catch {
      let error = error.hinting(ifUnsupported: query.availability).during("ListOffsets")
      return partitions.map {
        OffsetAnswer(partition: $0, error: error.about($0.topic, $0.partition))
      }
    }
  }
}
