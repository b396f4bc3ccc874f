import Dispatch
import KafkaMockBroker
import Synchronization
import Testing
import Transport

@testable import KafkaClient

/// A task that prefers another executor than the loop, as those of commands do, may be overtaken on the loop between
/// a function of an actor and the closure of its continuation: what it is to wait for can have happened then.
///
/// In a simulation all tasks prefer the loop, so these tests have a real one, which they hold up until all is in line.
@Suite("Waits that are overtaken by what they are for", .timeLimit(.minutes(1)))
struct OvertakenWaitTests {
  /// Runs what is for no actor at once, on the calling thread.
  private final class Inline: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
      UnownedJob(job).runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  /// What came of a wait.
  private final class Outcome<Value: Sendable>: Sendable {
    private let state = Mutex<Value?>(nil)

    var value: Value? { state.withLock { $0 } }
    func set(_ value: Value) { state.withLock { $0 = value } }
  }

  /// Has the loop do one thing right behind the other.
  private func inLine(
    on runtime: Runtime, _ first: @escaping @Sendable () async -> Void, _ second: @escaping @Sendable () async -> Void
  ) async throws {
    let gate = DispatchSemaphore(value: 0)
    runtime.loop.execute { gate.wait() }
    let executor = Inline()
    Task(executorPreference: executor) { await first() }
    Task(executorPreference: executor) { await second() }
    gate.signal()
    // What is in line behind them has had its turn after that.
    for _ in 0..<10 { try await runtime.spawn {}.value }
  }

  private func withClient(_ body: (KafkaClient, Runtime) async throws -> Void) async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let runtime = try Runtime.system()
      defer { runtime.stop() }
      let client = KafkaClient(
        KafkaClientConfiguration(
          bootstrap: cluster.brokers.map { BrokerAddress(host: $0.host, port: $0.port) }), runtime: runtime)
      try await body(client, runtime)
      await client.close()
    }
  }

  @Test("a flush ends, though its records are settled before it waits")
  func flush() async throws {
    try await withClient { client, runtime in
      let producer = try await client.makeProducer(ProducerConfiguration(), onFailure: { _ in })
      // Nobody is told of it yet, so that it is still there when the flush begins.
      _ = try await producer.topic("t", createIfMissing: false)
      let outcome = Outcome<ProduceReport>()
      try await inLine(on: runtime) {
        try? await producer.append(["a"])
        outcome.set(await producer.flush())
      } _: {
        await producer.abandon()
      }
      #expect(outcome.value?.settled == 1)
    }
  }

  @Test("whoever waits for metadata is told of the end of the client, though that comes before he waits")
  func metadata() async throws {
    try await withClient { client, runtime in
      let outcome = Outcome<KafkaError.Code>()
      let deadline = runtime.loop.now + .seconds(600)
      try await inLine(on: runtime) {
        do throws(KafkaError) {
          _ = try await client.cluster.refreshed(by: deadline)
        } catch {
          outcome.set(error.code)
        }
      } _: {
        await client.close()
      }
      #expect(outcome.value == .cancelled)
    }
  }
}
