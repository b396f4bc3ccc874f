/// A partition: its log, who leads it, and what is remembered of its producers.
///
/// All replicas share the one log: what is appended is replicated at once.
struct PartitionState: Sendable {
  /// The brokers that have a copy, the preferred leader first.
  var replicas: [Int32]
  /// The leader, or -1 where there is none.
  private(set) var leader: Int32
  /// Grows with every change of the leader (KIP-101).
  private(set) var leaderEpoch: Int32 = 0
  var log = PartitionLog()
  var producers = ProducerSequences()

  init(replicas: [Int32], leader: Int32) {
    self.replicas = replicas
    self.leader = leader
  }

  mutating func setLeader(_ broker: Int32) {
    guard broker != leader else { return }
    leader = broker
    leaderEpoch += 1
  }
}
