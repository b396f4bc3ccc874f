import Results

/// A goal beside what was reached.
struct Verdict {
  var goal: Goal
  /// The ratio, or the amount in the metric's unit.
  var reached: Double
  var isReached: Bool { reached <= goal.atMost }

  /// - Returns: Nil where one of the two is missing.
  init?(_ goal: Goal, of label: String, in outcomes: [Outcome]) {
    func outcome(_ peer: String) -> Outcome? { outcomes.first { $0.peer == peer && $0.metric == goal.metric } }
    self.goal = goal
    guard let peer = goal.peer else {
      // An amount is never exceeded.
      guard let most = outcome(label)?.max else { return nil }
      reached = most
      return
    }
    guard let own = outcome(label)?.median, let other = outcome(peer)?.median, other > 0 else { return nil }
    reached = own / other
  }

  /// Such as `0.45 of kcat's wall`.
  var text: String {
    guard let peer = goal.peer else { return "\(goal.metric.title) \(FigureText.rounded(reached)) \(goal.metric.unit)" }
    return "\(FigureText.decimal(reached, places: 2)) of \(peer)'s \(goal.metric.title)"
  }

  var goalText: String {
    goal.peer == nil
      ? "\(FigureText.rounded(goal.atMost)) \(goal.metric.unit)" : FigureText.decimal(goal.atMost, places: 2)
  }
}
