import Buffers
import KafkaCompression
import KafkaProtocol
import Transport

@testable import KafkaMockBroker

/// A state of brokers 1 to `brokers` with topics, as handlers get it.
func clusterState(
  brokers: Int32 = 3, topics: [(name: String, partitions: Int)] = [], replicationFactor: Int = 1,
  settings: ClusterSettings = ClusterSettings()
) -> ClusterState {
  var state = ClusterState(
    brokers: (1...brokers).map { BrokerState(id: $0, host: "broker-\($0)", port: UInt16(9091 + $0)) },
    settings: settings, identity: UUID128(high: 7, low: 100))
  for topic in topics {
    let refusal = state.createTopic(topic.name, partitions: topic.partitions, replicationFactor: replicationFactor)
    precondition(refusal == nil)
  }
  return state
}

/// A sealed batch of values whose timestamps are `firstTimestamp` and on.
func batch(
  _ values: [String], format: RecordFormat = .v2, codec: CompressionCodec = .none, firstTimestamp: Int64 = 1000,
  producer: ProducerIdentity? = nil
) throws -> Bytes {
  var builder = RecordBatchBuilder(format: format, capacity: 1 << 20)
  for (index, value) in values.enumerated() {
    let text = Array(value.utf8)
    let fitted = builder.append(key: nil, value: text.span.bytes, timestamp: firstTimestamp + Int64(index))
    precondition(fitted)
  }
  return try BatchSealer.seal(builder.finish(), compression: Compression(codec), producer: producer).bytes
}

/// The records of a set as `offset:value`.
func records(_ bytes: Bytes?) throws -> [String] {
  var found: [String] = []
  var reader = RecordSetReader(bytes ?? .empty)
  while let batch = try reader.next() {
    let opened = try BatchOpener.open(batch, limit: 1 << 24)
    var records = opened.records
    while let record = try records.next() {
      let value = record.value.text
      found.append("\(record.offset):\(value ?? "null")")
    }
  }
  return found
}

extension Outcome {
  /// The response, where there is one.
  var response: Response? {
    if case .answer(let response) = self { response } else { nil }
  }
}

extension ClusterState {
  /// Produces to one partition as a client of its leader would.
  mutating func produce(
    _ records: Bytes?, to topic: String, _ partition: Int32 = 0, version: Int16 = 9, acks: Int16 = -1,
    at broker: Int32? = nil, now: Int64 = 5000, injected: InjectedError? = nil
  ) -> Outcome<ProduceResponse> {
    let request = ProduceRequest(
      acks: acks, timeoutMs: 1000,
      topicData: [
        ProduceRequest.Topic(
          name: topic, topicId: topics[topic]?.id ?? .zero,
          partitionData: [ProduceRequest.Topic.Partition(index: partition, records: records)])
      ])
    let leader = broker ?? self.partition(topic, partition)?.leader ?? 1
    let context = RequestContext(broker: leader, version: version, now: now, injected: injected)
    return ProduceHandler.handle(request, context, in: &self)
  }

  /// Produces and gives back what became of the one partition.
  mutating func produced(
    _ records: Bytes?, to topic: String, _ partition: Int32 = 0, version: Int16 = 9, at broker: Int32? = nil,
    now: Int64 = 5000, injected: InjectedError? = nil
  ) -> ProduceResponse.Topic.Partition? {
    produce(
      records, to: topic, partition, version: version, at: broker, now: now, injected: injected
    ).response?.responses.first?.partitionResponses.first
  }
}

extension RawSpan? {
  /// The bytes as UTF-8, or nil where there are none.
  var text: String? {
    switch self {
    case .some(let span): span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    case .none: nil
    }
  }
}
