import KafkaClient
import KafkaMockBroker
import Testing
import Transport

@Suite("Connections and metadata")
struct ConnectionTests {
  @Test(
    "S09, S33: every release is spoken to in versions that it knows",
    arguments: [
      KafkaRelease.v0_8_2, .v0_9_0, .v0_10_2, .v1_1, .v2_8, .v3_9, .v4_3, .latest,
    ])
  func releases(_ release: KafkaRelease) throws {
    try simulate(topics: ["t": 2], { mock, _ in mock.release = release }) { simulation in
      let metadata = try await simulation.client.metadata()
      #expect(metadata.brokers.map(\.id) == [1, 2, 3])
      #expect(metadata.topic("t")?.partitions.count == 2)
    }
  }

  @Test("S34: a broker that is silent on ApiVersions and answers what comes next is one that does not know it")
  func silentOnApiVersions() throws {
    try simulate({ mock, _ in mock.release = .v0_9_0 }) { simulation in
      await simulation.cluster.inject(.noAnswer, into: .apiVersions)
      let metadata = try await simulation.client.metadata()
      #expect(metadata.brokers.count == 3)
      #expect(simulation.runtime.loop.now.nanoseconds < 2_000_000_000)
    }
  }

  @Test("a broker that is slow to answer ApiVersions is not taken for an old one")
  func slowApiVersions() throws {
    try simulate { simulation in
      await simulation.cluster.inject(.delay(.seconds(4)), into: .apiVersions)
      let answers = try await simulation.client.offsets(of: [TopicPartition("t", 0)], at: .timestamp(0))
      #expect(answers.first?.error == nil)
    }
  }

  @Test("nor is one that is far away", arguments: [KafkaRelease.v0_10_2, .v1_1, .latest])
  func farAway(release: KafkaRelease) throws {
    try simulate(brokers: 1, latency: .milliseconds(200), { mock, _ in mock.release = release }) { simulation in
      let answers = try await simulation.client.offsets(of: [TopicPartition("t", 0)], at: .timestamp(0))
      #expect(answers.first?.error == nil)
      let committed = try await simulation.client.committedOffsets(of: "g")
      #expect(committed.isEmpty)
    }
  }

  @Test("S32: a bootstrap address that refuses or is silent costs no more than a moment", arguments: [true, false])
  func deadBootstrap(isRefused: Bool) throws {
    try simulate { simulation in
      if isRefused {
        simulation.network.setRefused(true, host: "broker-1", port: 9092)
      } else {
        simulation.network.setSilent(true, host: "broker-1")
      }
      let metadata = try await simulation.client.metadata()
      #expect(metadata.brokers.count == 3)
      #expect(simulation.runtime.loop.now.nanoseconds < 2_000_000_000)
    }
  }

  @Test(
    "S25: when no address can be reached, each is named with its own reason, at the end of the time allowed",
    arguments: [true, false])
  func allDead(isOneSilent: Bool) throws {
    try simulate { simulation in
      simulation.network.setRefused(true, host: "broker-1", port: 9092)
      simulation.network.setAddresses([], of: "broker-2")
      if isOneSilent {
        simulation.network.setSilent(true, host: "broker-3")
      } else {
        simulation.network.setRefused(true, host: "broker-3", port: 9094)
      }
      let error = await #expect(throws: KafkaError.self) {
        _ = try await simulation.client.metadata(timeout: .seconds(5))
      }
      #expect(error?.code == .noBrokerReachable)
      let text = "\(try #require(error))"
      #expect(text.hasPrefix("no broker could be reached: "), "\(text)")
      #expect(text.contains("broker-1:9092: cannot connect: broker-1:9092: connection refused"), "\(text)")
      #expect(text.contains("broker-2:9093: cannot resolve broker-2: name or service not known"), "\(text)")
      let last = isOneSilent ? "no answer in time from broker-3:9094" : "broker-3:9094: connection refused"
      #expect(text.contains(last), "\(text)")
      #expect((3_000_000_000...6_000_000_000).contains(simulation.runtime.loop.now.nanoseconds))
      #expect(error?.attempts.isEmpty == isOneSilent)
    }
  }

  @Test("names of which none has an address are an error at once", arguments: [1, 3])
  func unknownHosts(count: Int) throws {
    try simulate(brokers: count) { simulation in
      for number in 1...count { simulation.network.setAddresses([], of: "broker-\(number)") }
      let error = await #expect(throws: KafkaError.self) { _ = try await simulation.client.metadata() }
      #expect(error?.code == .unknownHost)
      for number in 1...count { #expect(error?.description.contains("cannot resolve broker-\(number): ") == true) }
      #expect(simulation.runtime.loop.now.nanoseconds < 2_000_000_000)
    }
  }

  @Test("brokers whose names have gone for a while are found again", arguments: [true, false])
  func namesComeBack(isOfGroup: Bool) throws {
    try simulate { simulation in
      _ = try await simulation.client.partitions(of: "t")
      _ = try await simulation.client.committedOffsets(of: "g")
      for number in 1...3 { simulation.network.setAddresses([], of: "broker-\(number)") }
      await simulation.cluster.closeConnections()
      simulation.runtime.spawn {
        try await simulation.runtime.sleep(for: .seconds(5))
        for number in 1...3 { simulation.network.setAddresses(nil, of: "broker-\(number)") }
      }
      if isOfGroup {
        #expect(try await simulation.client.committedOffsets(of: "g").isEmpty)
      } else {
        let answers = try await simulation.client.offsets(of: [TopicPartition("t", 0)], at: .latest)
        #expect(answers.first?.offset == 0, "\(answers)")
      }
      #expect(simulation.runtime.loop.now.nanoseconds > 5_000_000_000)
    }
  }

  @Test(
    "S31: an advertised address that cannot be reached is named with the setting that makes it",
    arguments: [true, false])
  func advertised(isResolved: Bool) throws {
    try simulate({ mock, _ in mock.advertisedHost = "nowhere" }) { simulation in
      if !isResolved { simulation.network.setAddresses([], of: "nowhere") }
      let answers = try await simulation.client.offsets(
        of: [TopicPartition("t", 0)], at: .latest, timeout: .seconds(3))
      let text = answers.first?.error.map { "\($0)" } ?? ""
      #expect(text.contains("advertised.listeners") && text.contains("nowhere"), "\(text)")
      let apis = try await simulation.client.brokerAPIs()
      #expect(apis.allSatisfy { $0.error?.description.contains("advertised.listeners") == true }, "\(apis)")
    }
  }

  @Test("S14: what waits for a refresh shares it")
  func sharedRefresh() throws {
    try simulate(topics: ["t": 1, "u": 1]) { simulation in
      async let first = simulation.client.partitions(of: "t")
      async let second = simulation.client.partitions(of: "u")
      async let third = simulation.client.partitions(of: "t")
      let partitions = try await (first, second, third)
      #expect(partitions == ([0], [0], [0]))
      #expect(await simulation.cluster.requestCount(of: .metadata) <= 2)
    }
  }

  @Test("S47: offsets of all partitions take one request to each leader, and errors stay with their partition")
  func offsets() throws {
    try simulate(topics: ["t": 9]) { simulation in
      try await simulation.cluster.append([MockRecord(value: "x"), MockRecord(value: "y")], to: "t", partition: 4)
      await simulation.cluster.inject(
        .error(.topicAuthorizationFailed), into: .listOffsets, topic: "t", partition: 7)
      let partitions = (0..<Int32(9)).map { TopicPartition("t", $0) }
      let answers = try await simulation.client.offsets(of: partitions, at: .latest)
      #expect(await simulation.cluster.requestCount(of: .listOffsets) == 3)
      #expect(answers.map(\.partition) == partitions)
      #expect(answers[4].offset == 2)
      #expect(answers[7].error?.code == .broker(29))
      #expect(answers.filter { $0.error == nil }.count == 8)
    }
  }

  @Test("a topic is asked for once, and a bootstrap address that is its leader's is connected to once")
  func questions() throws {
    try simulate(brokers: 1) { simulation in
      let partitions = try await simulation.client.partitions(of: "t")
      #expect(partitions == [0])
      let answers = try await simulation.client.offsets(of: [TopicPartition("t", 0)], at: .latest)
      #expect(answers.first?.offset == 0)
      let requests = await simulation.cluster.requests()
      #expect(requests.map(\.api) == [.apiVersions, .metadata, .listOffsets])
      #expect(Set(requests.map(\.connection)).count == 1)
    }
  }

  @Test("a broker is named by its id, however it was found")
  func names() throws {
    try simulate(brokers: 1) { simulation in
      _ = try await simulation.client.partitions(of: "t")
      await simulation.cluster.inject(.error(.topicAuthorizationFailed), into: .offsetFetch)
      await simulation.cluster.inject(.noAnswer, into: .listOffsets)
      let answers = try await simulation.client.offsets(of: [TopicPartition("t", 0)], at: .latest, timeout: .seconds(3))
      #expect(answers.first?.error?.broker == "broker 1 (broker-1:9092)")
    }
  }

  @Test("what is fetched comes over a connection that is made while the ends are looked up")
  func ahead() throws {
    try simulate(brokers: 1) { simulation in
      try await simulation.cluster.append([MockRecord(value: "a")], to: "t", partition: 0)
      #expect(try await simulation.client.values() == ["a"])
      let requests = await simulation.cluster.requests()
      let second = requests.firstIndex { $0.connection == 2 }
      let lastEnd = requests.lastIndex { $0.api == .listOffsets }
      #expect(try #require(second) < #require(lastEnd))
      #expect(requests.count { $0.api == .apiVersions } == 2)
    }
  }

  @Test("a topic is created once; one that exists is left as it is")
  func createTopic() throws {
    try simulate { simulation in
      let isNew = try await simulation.client.createTopic("new", partitions: 4, replicas: 2)
      let isNewAgain = try await simulation.client.createTopic("new", partitions: 8)
      let partitions = try await simulation.client.partitions(of: "new")
      #expect(isNew && !isNewAgain)
      #expect(partitions.count == 4)
    }
  }

  @Test("a broker that is too old to create topics is told from others, and what else can be done")
  func tooOldToCreate() throws {
    try simulate({ mock, _ in mock.release = .v0_9_0 }) { simulation in
      let error = await #expect(throws: KafkaError.self) { try await simulation.client.createTopic("new") }
      #expect(error?.code == .unsupportedVersion && error?.topic == "new")
      #expect(error?.hint?.contains("0.10.1") == true)
    }
  }

  @Test("a broker that never answers a question does not use up the time for it", arguments: [1, 3])
  func silentOnQuestion(brokers: Int) throws {
    try simulate(brokers: brokers) { simulation in
      await simulation.cluster.inject(.noAnswer, into: .metadata, times: 1)
      let metadata = try await simulation.client.metadata(timeout: .seconds(6))
      #expect(metadata.brokers.count == brokers)
      await simulation.cluster.inject(.noAnswer, into: .metadata, times: 1)
      let partitions = try await simulation.client.partitions(of: "t")
      #expect(partitions == [0])
      await simulation.cluster.inject(.noAnswer, into: .listOffsets, times: 1)
      let answers = try await simulation.client.offsets(of: [TopicPartition("t", 0)], at: .latest, timeout: .seconds(6))
      #expect(answers.first?.offset == 0)
    }
  }

  @Test("the same seed gives the same run")
  func deterministic() throws {
    func run() throws -> [String] {
      try simulate(seed: 7, topics: ["t": 3]) { simulation in
        let end = simulation.runtime.loop.now + .seconds(10)
        simulation.network.inject(
          FaultSchedule(meanInterval: .milliseconds(500), duration: .milliseconds(50) ... .seconds(1), end: end))
        try await simulation.client.withProducer { (producer) throws(KafkaError) in
          for number in 0..<30 {
            try await producer.append(["\(number)"], partition: Int32(number % 3))
            producer.noMoreForNow()
            try? await simulation.runtime.sleep(for: .milliseconds(400))
          }
        }
        return simulation.events.texts + ["\(simulation.runtime.loop.now.nanoseconds)"]
      }
    }
    #expect(try run() == run())
  }

  @Test("brokers are not asked for their versions where that is not wanted")
  func withoutVersions() throws {
    try simulate({ mock, client in
      mock.release = .v0_9_0
      client.asksForVersions = false
    }) { simulation in
      try await simulation.cluster.append([MockRecord(value: "a")], to: "t", partition: 0)
      #expect(try await simulation.client.values() == ["a"])
      #expect(await simulation.cluster.requestCount(of: .apiVersions) == 0)
    }
  }
}
