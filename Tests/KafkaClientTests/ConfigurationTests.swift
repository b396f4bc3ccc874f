import KafkaClient
import KafkaMockBroker
import Testing

@Suite("Configurations of an embedding program")
struct ConfigurationTests {
  /// A change of a property.
  struct Change<Configuration>: Sendable, CustomTestStringConvertible {
    let name: String
    let body: @Sendable (inout Configuration) -> Void

    init(_ name: String, _ body: @escaping @Sendable (inout Configuration) -> Void) {
      self.name = name
      self.body = body
    }

    var testDescription: String { name }
  }

  /// What is wrong with a configuration that is refused.
  private static func reason(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch let error as KafkaError where error.code == .invalidArgument {
      return error.reason
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "a producer that cannot work is refused with the property's name",
    arguments: [
      Change("batchBytes") { $0.batchBytes = -1 }, Change("batchBytes") { $0.batchBytes = 0 },
      Change("batchBytes") { $0.batchBytes = .max },
      Change("bufferBytes") { $0.bufferBytes = -1 }, Change("bufferBytes") { $0.bufferBytes = 0 },
      Change("linger") { $0.linger = .milliseconds(-1) }, Change("deliveryTimeout") { $0.deliveryTimeout = .zero },
      Change("deliveryTimeout") { $0.deliveryTimeout = .seconds(Int64.max) },
      Change("maximumInFlight") { $0.maximumInFlight = 0 },
    ] as [Change<ProducerConfiguration>])
  func producer(_ change: Change<ProducerConfiguration>) throws {
    try simulate { simulation in
      var configuration = ProducerConfiguration()
      change.body(&configuration)
      let changed = configuration
      let reason = await Self.reason {
        try await simulation.client.withProducer(changed) { producer throws(KafkaError) in
          try await producer.append(["a"])
        }
      }
      #expect(reason?.contains("ProducerConfiguration.\(change.name) is ") == true, "\(reason ?? "not refused")")
    }
  }

  @Test(
    "a producer takes the largest values that are allowed",
    arguments: [
      Change("bufferBytes") { $0.bufferBytes = .max }, Change("batchBytes") { $0.batchBytes = Int(Int32.max) },
      Change("linger") { $0.linger = .nanoseconds(Int64.max) },
      Change("deliveryTimeout") { $0.deliveryTimeout = .nanoseconds(Int64.max) },
      Change("maximumInFlight") { $0.maximumInFlight = .max },
    ] as [Change<ProducerConfiguration>])
  func largestOfProducer(_ change: Change<ProducerConfiguration>) throws {
    try simulate { simulation in
      var configuration = ProducerConfiguration()
      change.body(&configuration)
      try await simulation.client.withProducer(configuration) { producer throws(KafkaError) in
        try await producer.append(["a"])
      }
      #expect(try await Records.stored(in: simulation.cluster) == ["a"])
    }
  }

  @Test(
    "a reader that cannot work is refused with the property's name",
    arguments: [
      Change("minimumBytes") { $0.minimumBytes = -1 }, Change("maximumBytes") { $0.maximumBytes = 0 },
      Change("maximumPartitionBytes") { $0.maximumPartitionBytes = -1 },
      Change("maximumWait") { $0.maximumWait = .milliseconds(-1) },
      Change("maximumWait") { $0.maximumWait = .seconds(Int64.max) },
      Change("bufferBytes") { $0.bufferBytes = 0 }, Change("maximumBatchBytes") { $0.maximumBatchBytes = -1 },
      Change("maximumBatchBytes") { $0.maximumBatchBytes = .max },
      Change("patience") { $0.patience = .milliseconds(-1) },
    ] as [Change<ConsumerConfiguration>])
  func reader(_ change: Change<ConsumerConfiguration>) throws {
    try simulate { simulation in
      try await simulation.cluster.append([MockRecord(value: "a")], to: "t")
      var configuration = ConsumerConfiguration()
      change.body(&configuration)
      let changed = configuration
      let reason = await Self.reason { _ = try await simulation.client.values(changed) }
      #expect(reason?.contains("ConsumerConfiguration.\(change.name) is ") == true, "\(reason ?? "not refused")")
    }
  }

  @Test(
    "a reader takes the largest values that are allowed",
    arguments: [
      Change("maximumBytes") { $0.maximumBytes = .max },
      Change("maximumPartitionBytes") { $0.maximumPartitionBytes = .max },
      Change("maximumWait") { $0.maximumWait = .nanoseconds(Int64.max) },
      Change("bufferBytes") { $0.bufferBytes = .max },
      Change("maximumBatchBytes") { $0.maximumBatchBytes = Int(Int32.max) },
      Change("patience") { $0.patience = .nanoseconds(Int64.max) },
    ] as [Change<ConsumerConfiguration>])
  func largestOfReader(_ change: Change<ConsumerConfiguration>) throws {
    try simulate { simulation in
      try await simulation.cluster.append([MockRecord(value: "a")], to: "t")
      var configuration = ConsumerConfiguration()
      change.body(&configuration)
      #expect(try await simulation.client.values(configuration) == ["a"])
    }
  }

  @Test(
    "a client that cannot work is refused with the property's name",
    arguments: [
      Change("requestTimeout") { $0.requestTimeout = .zero },
      Change("connectionTimeout") { $0.connectionTimeout = .seconds(-1) },
      Change("requestTimeout") { $0.requestTimeout = .seconds(Int64.max) },
      Change("retryBackoff") { $0.retryBackoff = .seconds(-2) ... .seconds(1) },
      Change("reconnectBackoff") { $0.reconnectBackoff = .seconds(1) ... .seconds(Int64.max) },
      Change("metadataMaximumAge") { $0.metadataMaximumAge = .zero },
      Change("maximumResponseBytes") { $0.maximumResponseBytes = 0 },
    ] as [Change<KafkaClientConfiguration>])
  func client(_ change: Change<KafkaClientConfiguration>) async {
    var configuration = KafkaClientConfiguration(bootstrap: [BrokerAddress(host: "127.0.0.1", port: 1)])
    change.body(&configuration)
    let changed = configuration
    let reason = await Self.reason {
      try await withKafkaClient(changed) { _ throws(KafkaError) in }
    }
    #expect(reason?.contains("KafkaClientConfiguration.\(change.name) is ") == true, "\(reason ?? "not refused")")
  }

  @Test(
    "a client takes the largest values that are allowed",
    arguments: [
      Change("requestTimeout") { $0.requestTimeout = .nanoseconds(Int64.max) },
      Change("connectionTimeout") { $0.connectionTimeout = .nanoseconds(Int64.max) },
      Change("retryBackoff") { $0.retryBackoff = .nanoseconds(Int64.max) ... .nanoseconds(Int64.max) },
      Change("reconnectBackoff") { $0.reconnectBackoff = .nanoseconds(Int64.max) ... .nanoseconds(Int64.max) },
      Change("metadataMaximumAge") { $0.metadataMaximumAge = .nanoseconds(Int64.max) },
      Change("maximumResponseBytes") { $0.maximumResponseBytes = .max },
    ] as [Change<KafkaClientConfiguration>])
  func largestOfClient(_ change: Change<KafkaClientConfiguration>) throws {
    try simulate({ change.body(&$1) }) { simulation in
      try await simulation.cluster.append([MockRecord(value: "a")], to: "t")
      #expect(try await simulation.client.values() == ["a"])
    }
  }
}
