import Buffers
import KafkaMockBroker
import KafkaProtocol
import Testing
import Transport

@testable import KafkaClient

@Suite("Replaying")
struct ReplayTests {
  /// What brokers were asked while many partitions are written and read, leaders move and brokers refuse.
  private static func requests(seed: UInt64) throws -> [String] {
    let partitions: Int32 = 40
    return try simulate(seed: seed, topics: ["t": Int(partitions), "u": 3]) { simulation in
      let (cluster, client) = (simulation.cluster, simulation.client)
      _ = try await client.withProducer { (producer) throws(KafkaError) in
        for number in 0..<400 {
          try await producer.append(
            value: nil, key: Array("\(number)".utf8).span.bytes, to: number % 5 == 0 ? "u" : "t")
          guard number % 80 == 79 else { continue }
          await cluster.inject(.error(.notLeaderOrFollower), into: .produce, times: 1)
          let broker = Int32(number / 80 % 3 + 1)
          try? await cluster.takeDown(broker: broker)
          _ = await producer.flush()
          try? await cluster.bringUp(broker: broker)
        }
      }
      let reader = client.reader(
        of: (0..<partitions).map { PartitionRange(TopicPartition("t", $0), start: 0) }, ConsumerConfiguration())
      var count = 0
      while count < 320, let batch = try await reader.next() {
        if count % 50 == 0 { await cluster.closeConnections() }
        try batch.forEach { (_) throws(KafkaError) in count += 1 }
      }
      await reader.close()
      return await cluster.requests().map { "\($0.broker) \($0.connection) \($0.api) \($0.header.body.array)" }
        + ["\(simulation.runtime.loop.now)"]
    }
  }

  @Test("the same seed gives the same run of a client with many partitions", arguments: 1...4)
  func sameSeed(seed: UInt64) throws {
    let first = try Self.requests(seed: seed)
    #expect(first.count > 30)
    // The order of dictionaries differs between any two.
    for _ in 0..<3 { #expect(try Self.requests(seed: seed) == first) }
  }
}
