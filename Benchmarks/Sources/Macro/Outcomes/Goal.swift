/// What is aimed at: how much of a peer's cost ours may be, or an amount.
struct Goal {
  var metric: Metric
  /// The peer's label; nil for an amount.
  var peer: String?
  var atMost: Double

  static func ratio(_ metric: Metric, to peer: String, _ atMost: Double) -> Goal {
    Goal(metric: metric, peer: peer, atMost: atMost)
  }

  static func amount(_ metric: Metric, _ atMost: Double) -> Goal { Goal(metric: metric, peer: nil, atMost: atMost) }
}
