import KafkaProtocol

/// A topic and its partitions, which are numbered from 0.
struct TopicState: Sendable {
  let name: String
  let id: UUID128
  var partitions: [PartitionState]
  /// `max.message.bytes`, where it is not the cluster's.
  var maximumBatchSize: Int?
  /// Whether the records get the broker's time: `message.timestamp.type=LogAppendTime`.
  var usesAppendTime = false
  /// What is refused of its records.
  var recordRules = RecordRules()

  /// Takes over a setting that the mock cluster knows; others are accepted and forgotten.
  ///
  /// - Returns: Whether the value can be used.
  mutating func set(_ name: String, to value: String?) -> Bool {
    switch name {
    case "max.message.bytes":
      guard let value, let size = Int(value), size >= 0 else { return false }
      maximumBatchSize = size
    case "message.timestamp.type":
      guard let value, ["CreateTime", "LogAppendTime"].contains(value) else { return false }
      usesAppendTime = value == "LogAppendTime"
    case "message.timestamp.before.max.ms":
      guard let value, let limit = Int64(value), limit >= 0 else { return false }
      recordRules.maximumAge = limit
    case "cleanup.policy":
      guard let value else { return false }
      recordRules.needsKeys = value.split(separator: ",").contains("compact")
    default: break
    }
    return true
  }

  /// The partition's place in `partitions`, or nil where there is no such partition.
  func index(of partition: Int32) -> Int? {
    let index = Int(partition)
    return partitions.indices.contains(index) ? index : nil
  }

  /// Whether a broker would accept the name: 1 to 249 letters, digits, dots, underscores and hyphens of ASCII, and
  /// neither `.` nor `..`.
  static func isValidName(_ name: String) -> Bool {
    guard (1...249).contains(name.utf8.count), name != ".", name != ".." else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }
}
