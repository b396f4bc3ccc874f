import Buffers
import KafkaProtocol
import Testing

@testable import KafkaMockBroker

@Suite("The produce handler")
struct ProduceHandlerTests {
  @Test("gives consecutive offsets and keeps the bytes but for offset and leader epoch")
  func offsets() throws {
    var state = clusterState(topics: [("t", 1)])
    let sent = try batch(["a", "b", "c"], codec: .gzip)
    #expect(state.produced(sent, to: "t")?.baseOffset == 0)
    #expect(state.produced(try batch(["d"]), to: "t")?.baseOffset == 3)
    let log = try #require(state.partition("t", 0)?.log)
    #expect(log.endOffset == 4)
    #expect(log.batches[0].bytes[16..<sent.count] == sent[16..<sent.count])
    #expect(try log.batches.flatMap { try records($0.bytes) } == ["0:a", "1:b", "2:c", "3:d"])
  }

  @Test("answers nothing when no acknowledgement is wanted, and closes when there was an error")
  func noAcknowledgement() throws {
    var state = clusterState(topics: [("t", 1)])
    #expect(state.produce(try batch(["a"]), to: "t", acks: 0) == .silence)
    #expect(state.partition("t", 0)?.log.endOffset == 1)
    #expect(state.produce(try batch(["a"]), to: "missing", acks: 0) == .close)
  }

  @Test("refuses acknowledgements that do not exist")
  func acknowledgements() throws {
    var state = clusterState(topics: [("t", 1)])
    let partition = state.produce(try batch(["a"]), to: "t", acks: 2).response?.responses.first?.partitionResponses[0]
    #expect(partition?.errorCode == .invalidRequiredAcks)
    #expect(partition?.baseOffset == -1)
  }

  @Test(
    "takes the formats that a version has",
    arguments: [
      (0, RecordFormat.v0, ErrorCode.none), (1, .v0, .none), (2, .v1, .none), (2, .v2, .invalidRecord),
      (3, .v2, .none), (3, .v1, .invalidRecord), (12, .v2, .none),
    ] as [(Int16, RecordFormat, ErrorCode)])
  func formats(version: Int16, format: RecordFormat, expected: ErrorCode) throws {
    var state = clusterState(topics: [("t", 1)])
    #expect(state.produced(try batch(["a"], format: format), to: "t", version: version)?.errorCode == expected)
  }

  @Test("numbers old messages, compressed or not", arguments: [RecordFormat.v0, .v1], [CompressionCodec.none, .gzip])
  func oldMessages(format: RecordFormat, codec: CompressionCodec) throws {
    var state = clusterState(topics: [("t", 1)])
    let values = (0..<20).map { "value \($0)" }
    let sent = try batch(values, format: format, codec: codec)
    #expect(state.produced(sent, to: "t", version: 2)?.baseOffset == 0)
    #expect(state.produced(sent, to: "t", version: 2)?.baseOffset == 20)
    let log = try #require(state.partition("t", 0)?.log)
    let expected = (values + values).enumerated().map { "\($0):\($1)" }
    #expect(try log.batches.flatMap { try records($0.bytes) } == expected)
  }

  @Test("refuses a damaged batch, more than one batch, and none")
  func damage() throws {
    var state = clusterState(topics: [("t", 1)])
    var damaged = try batch(["abc"]).array
    damaged[damaged.count - 2] ^= 1
    #expect(state.produced(Bytes(copying: damaged), to: "t")?.errorCode == .corruptMessage)
    let two = Bytes(copying: try batch(["a"]).array + batch(["b"]).array)
    #expect(state.produced(two, to: "t")?.errorCode == .invalidRecord)
    #expect(state.produced(nil, to: "t")?.errorCode == .invalidRecord)
    #expect(state.produced(try batch(["abc"])[0..<70], to: "t")?.errorCode == .corruptMessage)
    #expect(state.partition("t", 0)?.log.endOffset == 0)
  }

  @Test("refuses zstd in versions that do not have it")
  func zstd() throws {
    var state = clusterState(topics: [("t", 1)])
    let sent = try batch(Array(repeating: "aaaaaaaa", count: 50), codec: .zstd)
    #expect(state.produced(sent, to: "t", version: 6)?.errorCode == .unsupportedCompressionType)
    #expect(state.produced(sent, to: "t", version: 7)?.errorCode == ErrorCode.none)
  }

  @Test("refuses a batch larger than the limit")
  func tooLarge() throws {
    let size = try batch(["0123456789"]).count
    var state = clusterState(topics: [("t", 1)], settings: ClusterSettings(maximumBatchSize: size))
    #expect(state.produced(try batch(["0123456789"]), to: "t")?.errorCode == ErrorCode.none)
    #expect(state.produced(try batch(["0123456789a"]), to: "t")?.errorCode == .messageTooLarge)
  }

  @Test("sends to the leader those who are wrong, with its address where the version has room")
  func hint() throws {
    var state = clusterState(brokers: 2, topics: [("t", 1)])
    state.moveLeader(of: PartitionName("t"), to: 2)
    for (version, hasHint) in [(Int16(9), false), (10, true)] {
      let response = try #require(
        state.produce(try batch(["a"]), to: "t", version: version, at: 1).response)
      let partition = response.responses[0].partitionResponses[0]
      #expect(partition.errorCode == .notLeaderOrFollower)
      #expect(partition.currentLeader.leaderId == (hasHint ? 2 : -1))
      #expect(response.nodeEndpoints.map(\.host) == (hasHint ? ["broker-2"] : []))
    }
  }

  @Test("finds topics by id from version 13 on")
  func topicIDs() throws {
    var state = clusterState(topics: [("t", 1)])
    #expect(state.produced(try batch(["a"]), to: "t", version: 13)?.errorCode == ErrorCode.none)
    #expect(state.produced(try batch(["a"]), to: "missing", version: 13)?.errorCode == .unknownTopicId)
  }

  @Test("gives all records the time of the append where the topic says so")
  func appendTime() throws {
    var state = clusterState(topics: [("t", 1)])
    state.configureTopic("t") { $0.usesAppendTime = true }
    #expect(state.produced(try batch(["a", "b"]), to: "t", now: 77_000)?.logAppendTimeMs == 77_000)
    let stored = try #require(state.partition("t", 0)?.log.batches.first)
    #expect(try stored.recordBatch().timestampType == .append)
    #expect(stored.maxTimestamp == 77_000)
    #expect(try records(stored.bytes) == ["0:a", "1:b"])
  }

  @Test("tells a repeated batch from a gap and from an old one")
  func idempotence() throws {
    var state = clusterState(topics: [("t", 1)])
    func send(_ sequence: Int32, count: Int = 2, epoch: Int16 = 0) throws -> ProduceResponse.Topic.Partition? {
      let producer = ProducerIdentity(id: 9, epoch: epoch, baseSequence: sequence)
      return state.produced(
        try batch((0..<count).map { "\(sequence)+\($0)" }, producer: producer), to: "t")
    }
    for sequence in stride(from: Int32(0), to: 14, by: 2) {
      #expect(try send(sequence)?.baseOffset == Int64(sequence))
    }
    #expect(try send(12)?.baseOffset == 12)
    #expect(try send(4)?.baseOffset == 4)
    #expect(try send(0)?.errorCode == .duplicateSequenceNumber)
    #expect(try send(16)?.errorCode == .outOfOrderSequenceNumber)
    #expect(state.partition("t", 0)?.log.endOffset == 14)
    #expect(try send(5, epoch: 1)?.errorCode == .outOfOrderSequenceNumber)
    #expect(try send(0, epoch: 1)?.baseOffset == 14)
    #expect(try send(14, epoch: 0)?.errorCode == .invalidProducerEpoch)
  }

  @Test("goes from the highest sequence number on to 0")
  func sequenceWraps() throws {
    var state = clusterState(topics: [("t", 1)])
    for (sequence, offset) in [(Int32.max - 1, Int64(0)), (0, 2)] {
      let producer = ProducerIdentity(id: 9, epoch: 0, baseSequence: sequence)
      #expect(state.produced(try batch(["a", "b"], producer: producer), to: "t")?.baseOffset == offset)
    }
  }

  @Test(
    "asks an unknown producer to begin with sequence 0 where the release does", arguments: [KafkaRelease.v1_1, .v3_9])
  func unknownProducer(release: KafkaRelease) throws {
    var state = clusterState(topics: [("t", 1)])
    state.versions = SpokenVersions(release)
    let sent = try batch(["a"], producer: ProducerIdentity(id: 9, epoch: 0, baseSequence: 3))
    #expect(
      state.produced(sent, to: "t", version: 5)?.errorCode
        == (release == .v1_1 ? ErrorCode.unknownProducerId : ErrorCode.none))
  }

  @Test("appends and yet answers an error where a fault says so")
  func errorAfterwards() throws {
    var state = clusterState(topics: [("t", 2)])
    let injected = InjectedError(code: .requestTimedOut, timing: .afterwards, partition: 1)
    #expect(state.produced(try batch(["a"]), to: "t", 0, injected: injected)?.errorCode == ErrorCode.none)
    #expect(state.produced(try batch(["a"]), to: "t", 1, injected: injected)?.errorCode == .requestTimedOut)
    #expect(state.partition("t", 1)?.log.endOffset == 1)
  }
}
