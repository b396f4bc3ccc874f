import KafkaClient
import KafkaMockBroker
import Testing
import Transport

@Suite("Questions whose task is cancelled")
struct CancellationTests {
  /// What a task waits for when it is cancelled.
  enum Question: CaseIterable {
    case metadata
    case offsets
    case versions
  }

  @Test("end at once, though no broker answers", arguments: Question.allCases)
  func silence(_ question: Question) throws {
    try simulate { simulation in
      let (client, runtime) = (simulation.client, simulation.runtime)
      _ = try await client.metadata()
      switch question {
      case .metadata: await simulation.cluster.inject(.noAnswer, into: .metadata)
      case .offsets: await simulation.cluster.inject(.noAnswer, into: .listOffsets)
      case .versions: await simulation.cluster.inject(.noAnswer, into: .apiVersions)
      }
      let asking = runtime.spawn { () async throws in
        switch question {
        case .metadata: _ = try await client.metadata()
        case .offsets:
          let error = try await client.offsets(of: [TopicPartition("t", 0)], at: .latest)[0].error
          #expect(error?.code == .cancelled)
        case .versions: #expect(try await client.brokerAPIs().contains { $0.error?.code == .cancelled })
        }
      }
      try await runtime.sleep(for: .seconds(1))
      let start = runtime.loop.now
      asking.cancel()
      if question == .metadata {
        let error = await #expect(throws: KafkaError.self) { try await asking.value }
        #expect(error?.code == .cancelled)
      } else {
        try await asking.value
      }
      #expect(runtime.loop.now == start)
    }
  }

  @Test("leave the connection to others, whose answers come behind the one that nobody waits for any more")
  func connection() throws {
    try simulate(brokers: 1) { simulation in
      let (client, runtime) = (simulation.client, simulation.runtime)
      _ = try await client.metadata()
      await simulation.cluster.inject(.delay(.seconds(5)), into: .metadata, times: 1)
      let asking = runtime.spawn { () async throws in _ = try await client.metadata() }
      try await runtime.sleep(for: .seconds(1))
      asking.cancel()
      await #expect(throws: KafkaError.self) { try await asking.value }
      #expect(try await client.metadata().brokers.count == 1)
      #expect(await Set(simulation.cluster.requests(of: .metadata).map(\.connection)).count == 1)
    }
  }
}
