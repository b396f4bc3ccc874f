import Buffers
import KafkaProtocol
import Testing

@Suite("Frames")
struct FrameTests {
  /// What a peer reads: the segments joined, without the length before them.
  private func frame(_ segments: [Bytes]) -> Bytes {
    let all = segments.flatMap(\.array)
    return Bytes(copying: Array(all.dropFirst(4)))
  }

  @Test("a request begins with its length, key, version, number and client")
  func requestHeader() throws {
    let segments = try RequestFrame.encode(ApiVersionsRequest(), version: 0, correlationID: 7, clientID: "me")
    #expect(segments.flatMap(\.array) == [0, 0, 0, 12, 0, 18, 0, 0, 0, 0, 0, 7, 0, 2, 109, 101])
  }

  @Test("a flexible request has an empty tagged section behind an old-style client name")
  func flexibleRequestHeader() throws {
    let request = ApiVersionsRequest(clientSoftwareName: "a", clientSoftwareVersion: "1")
    let segments = try RequestFrame.encode(request, version: 3, correlationID: 7, clientID: nil)
    #expect(segments.flatMap(\.array) == [0, 0, 0, 16, 0, 18, 0, 3, 0, 0, 0, 7, 255, 255, 0, 2, 97, 2, 49, 0])
  }

  @Test("a broker reads back what a client sent", arguments: MetadataRequest.versions)
  func requestRoundTrip(version: Int16) throws {
    let request = MetadataRequest(topics: [MetadataRequest.Topic(name: "t")])
    let segments = try RequestFrame.encode(request, version: version, correlationID: -1, clientID: "kavka")
    let header = try RequestFrame.header(of: frame(segments))
    #expect(header.apiKey == 3 && header.version == version)
    #expect(header.correlationID == -1 && header.clientID == "kavka")
    #expect(try RequestFrame.decode(MetadataRequest.self, from: header) == request)
  }

  @Test("a client reads back what a broker sent", arguments: ApiVersionsResponse.versions)
  func responseRoundTrip(version: Int16) throws {
    let response = ApiVersionsResponse(apiKeys: [ApiVersionsResponse.ApiKey(apiKey: 3, minVersion: 1, maxVersion: 12)])
    let frame = frame(try ResponseFrame.encode(response, version: version, correlationID: 9))
    #expect(try ResponseFrame.correlationID(of: frame) == 9)
    #expect(try ResponseFrame.decode(ApiVersionsResponse.self, from: frame, version: version) == response)
  }

  @Test("an ApiVersions response has no tagged section in its header")
  func apiVersionsHeader() throws {
    let segments = try ResponseFrame.encode(ApiVersionsResponse(), version: 4, correlationID: 1)
    #expect(segments.flatMap(\.array) == [0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0])
  }

  @Test("a refusal of the ApiVersions version is read in version 0", arguments: ApiVersionsResponse.versions)
  func unsupportedVersion(version: Int16) throws {
    let response = ApiVersionsResponse(
      errorCode: .unsupportedVersion,
      apiKeys: [ApiVersionsResponse.ApiKey(apiKey: 18, minVersion: 0, maxVersion: 3)])
    let frame = frame(try ResponseFrame.encode(response, version: 0, correlationID: 1))
    #expect(try ResponseFrame.decode(ApiVersionsResponse.self, from: frame, version: version) == response)
  }

  @Test("a refusal whose rest cannot be read is still a refusal")
  func damagedRefusal() {
    // As librdkafka's mock cluster answers a question in version 3.
    let mixed = Bytes(copying: [0, 0, 0, 7, 0, 35, 1, 0, 18, 0, 0, 0, 2, 0, 0, 0, 0])
    #expect(ResponseFrame.refusesVersion(mixed))
    #expect(!ResponseFrame.refusesVersion(Bytes(copying: [0, 0, 0, 7, 0, 0])))
    #expect(!ResponseFrame.refusesVersion(Bytes(copying: [0, 0, 0, 7, 0])))
  }

  @Test("bytes after a response are an error of their own")
  func leftover() throws {
    let whole = frame(try ResponseFrame.encode(ListOffsetsResponse(), version: 6, correlationID: 1))
    let longer = Bytes(copying: whole.array + [0, 0])
    #expect(throws: WireError.leftoverBytes(count: 2)) {
      try ResponseFrame.decode(ListOffsetsResponse.self, from: longer, version: 6)
    }
  }

  @Test("record sets are sent by reference and read as slices of the frame")
  func recordsAreNotCopied() throws {
    let records = Bytes(copying: [1, 2, 3])
    let partition = ProduceRequest.Topic.Partition(index: 0, records: records)
    let request = ProduceRequest(topicData: [ProduceRequest.Topic(name: "t", partitionData: [partition])])
    let segments = try RequestFrame.encode(request, version: 9, correlationID: 1, clientID: nil)
    let addresses = segments.map { $0.withUnsafeBytes { $0.baseAddress } }
    #expect(addresses.contains(records.withUnsafeBytes { $0.baseAddress }))

    let frame = frame(segments)
    let decoded = try RequestFrame.decode(ProduceRequest.self, from: try RequestFrame.header(of: frame))
    let slice = try #require(decoded.topicData.first?.partitionData.first?.records)
    let frameRange = frame.withUnsafeBytes {
      UInt(bitPattern: $0.baseAddress)..<(UInt(bitPattern: $0.baseAddress) + UInt($0.count))
    }
    #expect(slice == records)
    #expect(frameRange.contains(slice.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }))
  }

  @Test("a set field that the version lacks is refused, unless it may be dropped")
  func fieldsNotInVersion() throws {
    #expect(throws: WireError.fieldNotInVersion(field: "ProduceRequest.transactionalId", version: 2)) {
      try RequestFrame.encode(ProduceRequest(transactionalId: "x"), version: 2, correlationID: 1, clientID: nil)
    }
    _ = try ResponseFrame.encode(MetadataResponse(throttleTimeMs: 5), version: 0, correlationID: 1)
  }

  @Test("null is refused where the version has none")
  func nullNotInVersion() {
    #expect(throws: WireError.nullNotInVersion(field: "MetadataRequest.topics", version: 0)) {
      try RequestFrame.encode(MetadataRequest(topics: nil), version: 0, correlationID: 1, clientID: nil)
    }
  }

  @Test("ControlledShutdown 0 has a header without a client name")
  func oldestHeader() throws {
    let header = try RequestFrame.header(of: Bytes(copying: [0, 7, 0, 0, 0, 0, 0, 5, 0, 0, 0, 1]))
    #expect(header.clientID == nil && header.correlationID == 5 && header.body.array == [0, 0, 0, 1])
  }

  @Test("a request of an unknown API is refused")
  func unknownAPI() {
    #expect(throws: WireError.unknownAPI(key: 9999)) {
      try RequestFrame.header(of: Bytes(copying: [0x27, 0x0F, 0, 0, 0, 0, 0, 5]))
    }
  }
}
