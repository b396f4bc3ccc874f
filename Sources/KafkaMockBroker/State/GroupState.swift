/// What a coordinator keeps of a group.
struct GroupState: Sendable {
  /// An offset that was committed.
  struct Committed: Sendable, Equatable {
    var offset: Int64
    var leaderEpoch: Int32
    var metadata: String?
  }

  /// By topic and partition.
  private(set) var offsets: [String: [Int32: Committed]] = [:]
  /// Those who are in the group, as a test has put them there.
  var members: [MockGroupMember] = []
  /// Whether the members use the new protocol (KIP-848).
  var isNewProtocol = false

  func offset(_ topic: String, _ partition: Int32) -> Committed? { offsets[topic]?[partition] }

  mutating func commit(_ committed: Committed, _ topic: String, _ partition: Int32) {
    offsets[topic, default: [:]][partition] = committed
  }

  mutating func delete(_ topic: String, _ partition: Int32) {
    offsets[topic]?[partition] = nil
    if offsets[topic]?.isEmpty == true { offsets[topic] = nil }
  }

  /// The state's name in the protocol.
  var name: String { members.isEmpty ? "Empty" : "Stable" }
}
