import KafkaProtocol
import Transport

extension Cluster {
  /// Which broker a request is for.
  enum Target: Sendable {
    case any
    case controller
  }

  /// Sends a request that may be repeated, again after each failure of the way to the broker, until `deadline`.
  ///
  /// - Parameters:
  ///   - attempt: How long one answer may take, if less than what is left: a broker that never answers shall leave time
  ///     to ask another one, or it over another connection.
  ///   - make: Makes the request for the version that was negotiated.
  ///   - refusal: The error that an answer has for the whole of the request; one that is retriable is asked again.
  /// - Throws: The last failure with the attempts before it.
  func perform<Request: WireRequest>(
    _ type: Request.Type, on target: Target, in acceptable: ClosedRange<Int16>? = nil, by deadline: Instant,
    attempt: Duration? = nil, _ make: @Sendable (Int16) throws(KafkaError) -> Request,
    refusal: @Sendable (Request.Response) -> ErrorCode = { _ in .none }
  ) async throws(KafkaError) -> Request.Response {
    try await retrying(by: deadline) { [self] () async throws(KafkaError) in
      let (connection, versions) = try await connect(to: target, by: deadline)
      let version = try versions.require(type, in: acceptable)
      let endpoint = await connection.endpoint.description
      let left = deadline - runtime.loop.now
      guard left > .zero else {
        throw .outOfTime
          .during(apiName(type), at: endpoint)
      }
      let response = try await connection.send(
        try make(version), version: version, timeout: min(left, attempt ?? left, configuration.requestTimeout))
      let code = refusal(response)
      guard code == .none else {
        throw KafkaError(code).during(apiName(Request.self), at: endpoint)
      }
      return response
    }
  }

  /// Connects to whichever broker is ready first, again until `deadline` while none can be reached.
  func reachAny(by deadline: Instant) async throws(KafkaError) -> (BrokerConnection, BrokerVersions) {
    try await retrying(by: deadline) { [self] () async throws(KafkaError) in try await connectToAny(by: deadline) }
  }

  /// Tries again after each failure that another try may mend, with growing waits.
  ///
  /// - Throws: The last failure with those before it.
  func retrying<Success>(
    by deadline: Instant, in area: KafkaClientEvent.Area = .connection,
    _ body: () async throws(KafkaError) -> sending Success
  ) async throws(KafkaError) -> sending Success {
    var backoff = Backoff(configuration.retryBackoff)
    var failure: KafkaError?
    while true {
      do throws(KafkaError) { return try await body() } catch {
        let error = error.following(failure)
        guard error.isRetriable, !isClosed else { throw error }
        let wait = backoff.next(runtime.entropy)
        guard runtime.loop.now + wait < deadline else { throw error }
        // That nobody can be reached is worth a line, once: all else is a detail.
        let isNews = failure == nil && [.noBrokerReachable, .connectionLost].contains(error.code)
        configuration.report(isNews ? .warning : .retry, in: area, "\(error); trying again")
        failure = error
        lastFailure = error
        try await pause(wait)
      }
    }
  }

  private func connect(
    to target: Target, by deadline: Instant
  ) async throws(KafkaError) -> (BrokerConnection, BrokerVersions) {
    switch target {
    case .any: return try await connectToAny(by: deadline)
    case .controller:
      guard let id = snapshot.controllerID, snapshot.broker(id) != nil else {
        return try await connectToAny(by: deadline)
      }
      return try await connect(toBroker: id, for: .queries)
    }
  }

  /// Fetches metadata of the topics, or of all topics when `topics` is nil, as the cluster has it now.
  ///
  /// Errors of topics and partitions stay in the snapshot. Nothing is created unless a topic's interest allows it, so
  /// those that may be created are asked for apart from the others.
  func fetchMetadata(
    of topics: [String: TopicInterest]?, by deadline: Instant
  ) async throws(KafkaError) -> ClusterMetadata {
    guard let topics else { return try await fetchMetadata(ofNames: nil, mayCreate: false, by: deadline) }
    let creatable = topics.filter(\.value.mayCreate).keys.sorted()
    let others = topics.filter { !$0.value.mayCreate }.keys.sorted()
    guard !creatable.isEmpty else { return try await fetchMetadata(ofNames: others, mayCreate: false, by: deadline) }
    let created = try await fetchMetadata(ofNames: creatable, mayCreate: true, by: deadline)
    guard !others.isEmpty else { return created }
    return try await fetchMetadata(ofNames: others, mayCreate: false, by: deadline).adding(created.topics)
  }

  /// Fetches metadata of all topics that there are, and of those of interest that are not among them.
  func fetchAllMetadata(
    with interest: [String: TopicInterest], by deadline: Instant
  ) async throws(KafkaError) -> ClusterMetadata {
    let all = try await fetchMetadata(of: nil, by: deadline)
    let missing = interest.filter { all.topic($0.key) == nil }
    guard !missing.isEmpty else { return all }
    return try await fetchMetadata(of: missing, by: deadline).adding(all.topics)
  }

  /// Brokers before 0.11 create what is named, so they are asked for all topics when nothing may be created.
  private func fetchMetadata(
    ofNames names: [String]?, mayCreate: Bool, by deadline: Instant
  ) async throws(KafkaError) -> ClusterMetadata {
    let attempt = (deadline - runtime.loop.now) / 3
    let response = try await perform(MetadataRequest.self, on: .any, by: deadline, attempt: attempt) { version in
      let canForbidCreation = version >= 4
      let asked = canForbidCreation || mayCreate ? names : nil
      return MetadataRequest(
        topics: asked.map { $0.map { MetadataRequest.Topic(name: $0) } } ?? (version == 0 ? [] : nil),
        allowAutoTopicCreation: mayCreate || !canForbidCreation)
    }
    let metadata = ClusterMetadata(response)
    return names.map(metadata.limited(to:)) ?? metadata
  }

  /// Makes sure that the snapshot has an answer for these topics, if only that they do not exist.
  func learn(_ topics: Set<String>, by deadline: Instant) async throws(KafkaError) {
    for topic in topics { follow(topic, createIfMissing: false) }
    defer { for topic in topics { unfollow(topic) } }
    if topics.contains(where: { snapshot.topic($0) == nil }) { _ = try await refreshed(by: deadline) }
  }

  /// The topics that the snapshot has and that can be used, each in the place of its name.
  func knownTopics(_ names: [String]) -> [ClusterMetadata.Topic?] {
    names.map { name in snapshot.topic(name).flatMap { $0.error == nil ? $0 : nil } }
  }

  /// Waits until a topic is known with its partitions.
  ///
  /// - Parameter patience: How long the brokers may say that it does not exist: a topic that was just created is not
  ///   known everywhere at once.
  func topic(
    _ name: String, createIfMissing: Bool, patience: Duration, by deadline: Instant
  ) async throws(KafkaError) -> ClusterMetadata.Topic {
    follow(name, createIfMissing: createIfMissing)
    defer { unfollow(name) }
    if let topic = snapshot.topic(name), topic.error == nil { return topic }
    let giveUp = runtime.loop.now + patience
    var failure: KafkaError?
    while true {
      let metadata: ClusterMetadata
      do throws(KafkaError) { metadata = try await refreshed(by: deadline) } catch {
        // That the time ran out says less than what the brokers said of the topic until then.
        throw error.code == .timedOut ? failure ?? error : error
      }
      let topic = metadata.topic(name)
      if let topic, topic.error == nil { return topic }
      let error = topic?.error ?? KafkaError(ErrorCode.unknownTopicOrPartition).about(name)
      failure = error
      let limit = error.code == .unknownTopicOrPartition ? min(giveUp, deadline) : deadline
      guard error.isRetriable, runtime.loop.now < limit else { throw error }
      configuration.report(.retry, "\(error); asking again")
      try await pause(configuration.retryBackoff.lowerBound)
    }
  }
}

extension KafkaError {
  /// A name that the user has written and that is not there is a mistake. That of a broker which was there may be gone
  /// for as long as the broker is.
  var ofKnownBroker: KafkaError {
    guard code == .unknownHost else { return self }
    var error = self
    error.code = .connectionLost
    return error
  }

  /// Names the advertised address as the likely mistake, where it is not one that the user gave.
  func hintingAtAdvertisedAddress(_ address: BrokerAddress, bootstrap: [BrokerAddress]) -> KafkaError {
    var error = ofKnownBroker
    guard error.code == .connectionLost || error.code == .timedOut, !bootstrap.contains(address) else { return error }
    let given = bootstrap.map(\.description).joined(separator: ",")
    error.hint = "the cluster at \(given) advertises \(address); check advertised.listeners there"
    return error
  }
}

extension ClusterMetadata {
  /// The same with topics that were asked for before.
  fileprivate func adding(_ others: [Topic]) -> ClusterMetadata {
    ClusterMetadata(clusterID: clusterID, controllerID: controllerID, brokers: brokers, topics: others + topics)
  }

  /// Only the topics asked for; one that the answer leaves out is one that does not exist.
  fileprivate func limited(to names: [String]) -> ClusterMetadata {
    let wanted = names.map { name in
      topic(name) ?? Topic(name: name, error: KafkaError(ErrorCode.unknownTopicOrPartition).about(name))
    }
    return ClusterMetadata(clusterID: clusterID, controllerID: controllerID, brokers: brokers, topics: wanted)
  }
}
