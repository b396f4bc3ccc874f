import KafkaClient
import KafkaMockBroker
import Testing
import Transport

@Suite("A topic that is deleted and created again while it is read")
struct RecreatedTopicTests {
  private static let old = Records.values(0..<3)

  /// Reads the topic until its last record, or until reading fails, and replaces the topic when the old records have
  /// been read.
  ///
  /// - Parameter newRecords: How many records the new topic has before its last one, which says "end".
  private static func read(
    _ simulation: Simulation, onReset reset: ConsumerConfiguration.OffsetReset, newRecords: Int
  ) async throws -> (values: [String], error: KafkaError?) {
    try await simulation.cluster.append(old.map { MockRecord(value: $0) }, to: "t", partition: 0)
    var configuration = ConsumerConfiguration()
    configuration.offsetReset = reset
    var values: [String] = []
    do {
      for try await batch in simulation.client.records(of: "t", from: .earliest, configuration) {
        try batch.forEach { (record) throws(KafkaError) in
          if let value = record.value { values.append(String(decoding: value.bytes, as: UTF8.self)) }
        }
        if values.last == "end" { break }
        guard values == old else { continue }
        await simulation.cluster.deleteTopic("t")
        try await simulation.cluster.createTopic("t")
        let new = Records.values(100..<100 + newRecords) + ["end"]
        try await simulation.cluster.append(new.map { MockRecord(value: $0) }, to: "t", partition: 0)
      }
      return (values, nil)
    } catch let error as KafkaError {
      return (values, error)
    }
  }

  @Test("none of the new one's records is passed over without a word", arguments: [0, 2, 3, 50])
  func isToldApart(newRecords: Int) throws {
    try simulate { simulation in
      let (values, error) = try await Self.read(simulation, onReset: .fail, newRecords: newRecords)
      #expect(values == Self.old)
      #expect(error?.reason.contains("deleted and created again") == true)
      #expect(error?.topic == "t")
    }
  }

  @Test(
    "with a reset to the earliest, all of the new one's records are read, and a line says so", arguments: [0, 2, 50])
  func isReadFromItsBeginning(newRecords: Int) throws {
    try simulate { simulation in
      let (values, error) = try await Self.read(simulation, onReset: .earliest, newRecords: newRecords)
      #expect(error == nil)
      #expect(values == Self.old + Records.values(100..<100 + newRecords) + ["end"])
      #expect(simulation.events.texts(.warning).contains { $0.contains("created again; going on at 0") })
    }
  }

  @Test("a broker that takes names only is found out by the topic's id in newer metadata")
  func byName() throws {
    try simulate({ mock, client in
      mock.release = .v2_8
      client.metadataMaximumAge = .seconds(1)
    }) { simulation in
      let (values, error) = try await Self.read(simulation, onReset: .fail, newRecords: 2)
      #expect(values == Self.old)
      #expect(error?.reason.contains("deleted and created again") == true)
    }
  }
}
