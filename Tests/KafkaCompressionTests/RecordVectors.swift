import Buffers
import Foundation
import KafkaProtocol
import Testing

/// The golden record sets, written by Kafka's own code.
enum RecordVectors {
  static let all: [RecordVector] = load("records.jsonl").compactMap(RecordVector.init)
  static let good = all.filter { !$0.isBad }
  static let bad = all.filter { $0.isBad }

  private static let folder: URL =
    if let path = ProcessInfo.processInfo.environment["KAVKA_VECTORS"] {
      URL(fileURLWithPath: path)
    } else {
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/protocol/vectors")
    }

  /// The lines of a file of vectors as JSON objects; none if the file is not there.
  static func load(_ name: String) -> [[String: Any]] {
    guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else {
      print("skipped: no \(name) in \(folder.path); set KAVKA_VECTORS")
      return []
    }
    return text.split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }
}

/// One golden record set.
struct RecordVector: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: Bytes
  let isBad: Bool
  /// Whether a bad set must be refused.
  let mustFail: Bool
  let why: String
  /// The codec of a bad set.
  let codec: String
  let batches: [ExpectedBatch]
  let truncatedByteCount: Int
  let abortedTransactions: [(producerID: Int64, firstOffset: Int64)]
  let readCommitted: [Int64]?

  var testDescription: String { name }

  init?(_ object: [String: Any]) {
    guard let name = object["name"] as? String, let hex = object["hex"] as? String else { return nil }
    self.name = name
    bytes = Bytes(copying: decodedHex(hex))
    isBad = object["expect"] != nil
    mustFail = object["expect"] as? String == "error"
    why = object["why"] as? String ?? ""
    codec = object["codec"] as? String ?? ""
    let batches = object["batches"] as? [[String: Any]] ?? (object["expect"] == nil ? [object] : [])
    self.batches = batches.map(ExpectedBatch.init)
    truncatedByteCount = Int(integer(object["truncatedBytes"]) ?? 0)
    abortedTransactions = (object["abortedTransactions"] as? [[String: Any]] ?? []).map {
      (integer($0["producerId"]) ?? -1, integer($0["firstOffset"]) ?? -1)
    }
    readCommitted = (object["readCommitted"] as? [Any])?.compactMap(integer)
  }
}

extension RecordVector {
  /// Whether a v0 or v1 run, a v2 batch, or several.
  var expected: ExpectedBatch? { batches.count == 1 ? batches[0] : nil }
}

/// A batch, or a run of old messages, as a vector describes it.
struct ExpectedBatch: Sendable, Equatable {
  var format: RecordFormat = .v2
  var codec = ""
  var timestampType = ""
  var baseOffset: Int64 = 0
  var lastOffset: Int64 = 0
  var maxTimestamp: Int64 = 0
  /// What only format v2 has.
  var header: Header?
  var controlType: String?
  var records: [ExpectedRecord] = []

  struct Header: Equatable, Sendable {
    var baseTimestamp: Int64
    var leaderEpoch: Int64
    var producerID: Int64
    var producerEpoch: Int64
    var baseSequence: Int64
    var isTransactional: Bool
    var isControl: Bool
    var deleteHorizon: Int64?
    var count: Int64
  }

  init() {}

  init(_ object: [String: Any]) {
    format = integer(object["magic"]).flatMap { RecordFormat(rawValue: Int8($0)) } ?? .v2
    codec = object["codec"] as? String ?? "?"
    timestampType = object["timestampType"] as? String ?? "?"
    baseOffset = integer(object["baseOffset"]) ?? -1
    lastOffset = integer(object["lastOffset"]) ?? -1
    maxTimestamp = integer(object["maxTimestamp"]) ?? -1
    controlType = object["controlType"] as? String
    records = (object["records"] as? [[String: Any]] ?? []).map(ExpectedRecord.init)
    guard format == .v2 else { return }
    header = Header(
      baseTimestamp: integer(object["baseTimestamp"]) ?? -1, leaderEpoch: integer(object["partitionLeaderEpoch"]) ?? -1,
      producerID: integer(object["producerId"]) ?? -1, producerEpoch: integer(object["producerEpoch"]) ?? -1,
      baseSequence: integer(object["baseSequence"]) ?? -1, isTransactional: object["isTransactional"] as? Bool ?? false,
      isControl: object["isControl"] as? Bool ?? false, deleteHorizon: integer(object["deleteHorizonMs"]),
      count: integer(object["count"]) ?? -1)
  }
}

struct ExpectedRecord: Sendable, Equatable {
  var offset: Int64
  var timestamp: Int64
  var key: [UInt8]?
  var value: [UInt8]?
  var headers: [Header] = []

  struct Header: Equatable, Sendable {
    var name: [UInt8]
    var value: [UInt8]?
  }

  init(_ object: [String: Any]) {
    offset = integer(object["offset"]) ?? -1
    timestamp = integer(object["timestamp"]) ?? -1
    key = (object["key"] as? String).map(decodedHex)
    value = (object["value"] as? String).map(decodedHex)
    headers = (object["headers"] as? [[Any]] ?? []).map { pair in
      Header(name: Array((pair[0] as? String ?? "").utf8), value: (pair[1] as? String).map(decodedHex))
    }
  }

  init(_ record: borrowing RecordView) {
    offset = record.offset
    timestamp = record.timestamp
    key = array(record.key)
    value = array(record.value)
    var headers = record.headers
    while let header = headers.next() {
      self.headers.append(Header(name: array(header.name) ?? [], value: array(header.value)))
    }
  }
}

func array(_ span: RawSpan?) -> [UInt8]? {
  guard let span else { return nil }
  return span.withUnsafeBytes { Array($0) }
}

func integer(_ value: Any?) -> Int64? { (value as? NSNumber)?.int64Value }

func decodedHex(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count / 2)
  var high: UInt8?
  for character in text.utf8 {
    let digit = character < 0x60 ? character - 0x30 : character - 0x57
    if let left = high {
      bytes.append(left << 4 | digit)
      high = nil
    } else {
      high = digit
    }
  }
  return bytes
}
