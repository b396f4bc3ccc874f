import KafkaProtocol
import Transport

extension Cluster {
  /// Creates a topic unless it exists, and remembers that it is there from now on.
  ///
  /// - Parameters:
  ///   - partitions: The number of partitions, or nil for the broker's default.
  ///   - replicas: The number of copies, or nil for the broker's default.
  /// - Returns: Whether it was created now.
  func createTopic(
    _ name: String, partitions: Int32?, replicas: Int16?, by deadline: Instant
  ) async throws(KafkaError) -> Bool {
    let isNew = try await createMissing(name, partitions: partitions, replicas: replicas, by: deadline)
    noteCreated(name)
    return isNew
  }

  private func createMissing(
    _ name: String, partitions: Int32?, replicas: Int16?, by deadline: Instant
  ) async throws(KafkaError) -> Bool {
    var metadata = try await fetchMetadata(of: [name: TopicInterest(mayCreate: false)], by: deadline)
    if let topic = metadata.topic(name), topic.error?.code != .unknownTopicOrPartition { return false }
    // Any broker forwards to the controller since 2.4; before that the controller must be asked itself.
    var backoff = Backoff(configuration.retryBackoff)
    while true {
      let error = try await askForTopic(name, partitions: partitions, replicas: replicas, metadata, by: deadline)
      switch error?.code {
      case nil: return true
      case .broker(ErrorCode.topicAlreadyExists.rawValue): return false
      case .broker(let code) where ErrorCode(rawValue: code).isRetriable || code == ErrorCode.notController.rawValue:
        let wait = backoff.next(runtime.entropy)
        guard let error, runtime.loop.now + wait < deadline else { break }
        configuration.report(.retry, "\(error); trying again")
        try await pause(wait)
        metadata = try await fetchMetadata(of: [name: TopicInterest(mayCreate: false)], by: deadline)
        continue
      default: break
      }
      if let error { throw error }
    }
  }

  private func askForTopic(
    _ name: String, partitions: Int32?, replicas: Int16?, _ metadata: ClusterMetadata, by deadline: Instant
  ) async throws(KafkaError) -> KafkaError? {
    adopt(metadata)
    let timeout = Int32(clamping: max((deadline - runtime.loop.now).milliseconds, 1))
    let response: CreateTopicsResponse
    do throws(KafkaError) {
      response = try await perform(CreateTopicsRequest.self, on: .controller, by: deadline) { version in
        // The broker's own defaults can be asked for since version 4 (KIP-464).
        let unsaid: Int16 = version >= 4 ? -1 : 1
        return CreateTopicsRequest(
          topics: [
            .init(
              name: name, numPartitions: partitions ?? Int32(unsaid), replicationFactor: replicas ?? unsaid)
          ],
          timeoutMs: timeout)
      }
    } catch {
      throw error.hinting(
        ifUnsupported:
          "topics are created on request since Kafka 0.10.1; older brokers may create one that is produced to"
      ).about(name).during("CreateTopics")
    }
    guard let result = response.topics.first(where: { $0.name == name }) else {
      return KafkaError(.malformedResponse, "the broker's answer leaves the topic out").about(name).during(
        "CreateTopics")
    }
    let code = result.errorCode
    return code == .none ? nil : KafkaError(code, message: result.errorMessage).about(name).during("CreateTopics")
  }
}
