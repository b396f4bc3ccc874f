import Buffers
import KafkaClient
import KafkaProtocol

/// Requests and responses, once a request or once a partition. Bytes are those of the frame.
extension Suite {
  static let messages = [
    encoding("message/produce-request", version: 11, try produceRequest()),
    decoding("message/produce-response", version: 11, produceResponse()),
    encoding("message/fetch-request", version: 13, fetchRequest()),
    decoding("message/fetch-response", version: 13, try fetchResponse()),
    decoding(
      "message/metadata-10000-partitions", per: "partition", version: 12, metadata(partitions), items: partitions),
    Benchmark(
      "message/metadata-10000-partitions-kept", per: "partition",
      prepare: { metadata(partitions) },
      repeating: { response in
        let metadata = ClusterMetadata(response)
        return Work(items: metadata.topics.reduce(0) { $0 + $1.partitions.count }, bytes: 0)
      }),
  ]

  private static let partitions = 10_000
  /// One message is too little to be counted: what the language looks up now and then would show.
  private static let repetitions = 100
  private static let correlationID: Int32 = 7

  private static func encoding<Request: WireRequest>(
    _ name: String, version: Int16, _ request: @autoclosure @escaping @Sendable () throws -> Request
  ) -> Benchmark {
    Benchmark(
      name, per: "request", prepare: { try request() },
      repeating: { request in
        var work = Work(items: 0, bytes: 0)
        for _ in 0..<repetitions {
          let segments = try RequestFrame.encode(
            request, version: version, correlationID: correlationID, clientID: "kavka")
          work.items += 1
          work.bytes += segments.reduce(0) { $0 + $1.count }
        }
        return work
      })
  }

  private static func decoding<Response: WireResponse>(
    _ name: String, per unit: String = "response", version: Int16,
    _ response: @autoclosure @escaping @Sendable () throws -> Response, items: Int = 1
  ) -> Benchmark {
    Benchmark(
      name, per: unit,
      prepare: {
        var frame = BytesBuilder()
        for segment in try ResponseFrame.encode(try response(), version: version, correlationID: correlationID) {
          frame.append(segment)
        }
        let whole = frame.finish()
        return whole[4..<whole.count]
      },
      repeating: { frame in
        var work = Work(items: 0, bytes: 0)
        for _ in 0..<(items == 1 ? repetitions : 1) {
          _ = try ResponseFrame.decode(Response.self, from: frame, version: version)
          work.items += items
          work.bytes += frame.count
        }
        return work
      })
  }

  private static func produceRequest() throws -> ProduceRequest {
    let records = try SampleBatch.received(SampleRecord.records(1000)).bytes
    return ProduceRequest(
      acks: -1, timeoutMs: 30_000,
      topicData: [.init(name: "orders", partitionData: [.init(index: 3, records: records)])])
  }

  private static func produceResponse() -> ProduceResponse {
    ProduceResponse(responses: [.init(name: "orders", partitionResponses: [.init(index: 3, baseOffset: 17)])])
  }

  private static func fetchRequest() -> FetchRequest {
    FetchRequest(
      maxWaitMs: 500, minBytes: 1, maxBytes: 1 << 20,
      topics: [.init(partitions: (0..<6).map { .init(partition: $0, fetchOffset: 17, partitionMaxBytes: 1 << 20) })])
  }

  private static func fetchResponse() throws -> FetchResponse {
    let records = try SampleBatch.received(SampleRecord.records(1000)).bytes
    return FetchResponse(
      responses: [
        .init(partitions: (0..<6).map { .init(partitionIndex: $0, highWatermark: 1_000_000, records: records) })
      ])
  }

  private static func metadata(_ partitions: Int) -> MetadataResponse {
    MetadataResponse(
      brokers: (1...3).map { .init(nodeId: $0, host: "broker-\($0).example.com", port: 9092) }, clusterId: "cluster",
      controllerId: 1,
      topics: (0..<partitions / 100).map { topic in
        .init(
          name: "topic-\(topic)",
          partitions: (0..<100).map { partition in
            .init(
              partitionIndex: partition, leaderId: partition % 3 + 1, leaderEpoch: 4, replicaNodes: [1, 2, 3],
              isrNodes: [1, 2, 3])
          })
      })
  }
}
