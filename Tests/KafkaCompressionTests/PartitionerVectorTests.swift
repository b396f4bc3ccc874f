import KafkaProtocol
import Testing

@Suite("Hashes, checksums and partitions")
struct PartitionerVectorTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let kind: String
    let input: [UInt8]
    let hash: Int32
    let checksum: UInt32
    let partitions: [Int32: Int32]

    var testDescription: String { "\(kind) of \(input.count) bytes" }

    init?(_ object: [String: Any]) {
      guard let kind = object["kind"] as? String, let hex = (object["key"] ?? object["data"]) as? String else {
        return nil
      }
      self.kind = kind
      input = decodedHex(hex)
      hash = Int32(integer(object["hash"]) ?? 0)
      checksum = UInt32(integer(object["crc"]) ?? 0)
      partitions = (object["partition"] as? [String: Any] ?? [:]).reduce(into: [:]) { partitions, entry in
        if let count = Int32(entry.key), let partition = integer(entry.value) { partitions[count] = Int32(partition) }
      }
    }
  }

  private static let all = RecordVectors.load("partitioner.jsonl").compactMap(Vector.init)

  @Test("a key has the hash and the partitions it has in Java", arguments: all.filter { $0.kind == "murmur2" })
  func murmur2(vector: Vector) {
    #expect(Murmur2.hash(vector.input.span.bytes) == vector.hash)
    #expect(!vector.partitions.isEmpty)
    for (count, partition) in vector.partitions {
      #expect(Partitioning.murmur2.partition(key: vector.input.span.bytes, count: count) == partition)
    }
  }

  @Test("checksums are Java's", arguments: all.filter { $0.kind != "murmur2" })
  func checksums(vector: Vector) {
    let span = vector.input.span.bytes
    #expect((vector.kind == "crc32" ? CRC32.checksum(span) : CRC32C.checksum(span)) == vector.checksum)
  }
}
