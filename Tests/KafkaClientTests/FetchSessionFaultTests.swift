import KafkaMockBroker
import Testing
import Transport

@testable import KafkaClient

@Suite("Fetch sessions and what goes wrong")
struct FetchSessionFaultTests {
  private static let partitions = Int32(60)

  /// Appends a record to one partition after another, while leaders move and brokers forget or refuse.
  private static func append(_ count: Int, _ seed: Int, _ simulation: Simulation) async throws {
    let cluster = simulation.cluster
    for number in 0..<count {
      let partition = Int32(number * 7) % partitions
      try await cluster.append([MockRecord(value: "\(number)")], to: "t", partition: partition)
      switch (number + seed) % 12 {
      case 0: try await cluster.moveLeader(of: "t", partition: partition, to: Int32((number + seed) / 12 % 3 + 1))
      case 3: await cluster.inject(.topLevelError(.fetchSessionIDNotFound), into: .fetch, times: 1)
      case 5: await cluster.inject(.topLevelError(MockErrorCode(rawValue: 71)), into: .fetch, times: 1)
      case 7: await cluster.inject(.error(.notLeaderOrFollower), into: .fetch, times: 1)
      case 9: await cluster.closeConnections(broker: Int32(seed % 3 + 1))
      case 11: await cluster.inject(.closeAfter(bytes: 20), into: .fetch, times: 1)
      default: break
      }
      try await simulation.runtime.sleep(for: .milliseconds(Int64(number * 37 % 400)))
    }
  }

  @Test("cost no record and give none twice while leaders move and brokers refuse", arguments: 0..<4)
  func faults(seed: Int) throws {
    try simulate(seed: UInt64(seed), topics: ["t": Int(Self.partitions)]) { simulation in
      let count = 300
      let appending = simulation.runtime.spawn { try await Self.append(count, seed, simulation) }
      let reader = simulation.client.reader(
        of: (0..<Self.partitions).map { PartitionRange(TopicPartition("t", $0), start: 0) }, ConsumerConfiguration())
      var values: [Int] = []
      while values.count < count {
        let batch = try #require(try await reader.next())
        try batch.forEach { (record) throws(KafkaError) in
          if let value = record.value { values.append(Int(String(decoding: value.bytes, as: UTF8.self)) ?? -1) }
        }
      }
      #expect(values.sorted() == Array(0..<count))
      try await appending.value
      await reader.close()
      #expect(await simulation.cluster.requestCount(of: .fetch) < count * 30)
    }
  }
}
