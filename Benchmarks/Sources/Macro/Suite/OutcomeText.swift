import Results

/// The outcomes of a benchmark as a terminal shows them.
enum OutcomeText {
  /// A line for each program, with minimum, median and maximum, and then one for each goal.
  static func text(of benchmark: Benchmark, _ outcomes: [Outcome], builds: [String]) -> String {
    var peers: [String] = []
    for outcome in outcomes where !peers.contains(outcome.peer) { peers.append(outcome.peer) }
    let metrics = Metric.allCases.filter { metric in outcomes.contains { $0.metric == metric && $0.failure == nil } }
    // Whole processes that only ask take milliseconds.
    let isShort = outcomes.allSatisfy { $0.metric != .wall || ($0.median ?? 0) < 0.1 }
    var table = AlignedTable(
      [benchmark.title] + metrics.map { "\($0.title) \(isShort && $0.unit == "s" ? "ms" : $0.unit)" })
    for peer in peers where outcomes.contains(where: { $0.peer == peer && $0.failure == nil }) {
      table.append(
        ["  \(peer)"]
          + metrics.map { metric in
            outcomes.first { $0.peer == peer && $0.metric == metric }
              .map { spread($0, by: isShort && metric.unit == "s" ? 1000 : 1) } ?? ""
          })
    }
    var text = table.text
    for outcome in outcomes {
      if let failure = outcome.failure { text += "  \(outcome.peer) FAILED: \(failure)\n" }
    }
    for label in builds {
      for goal in benchmark.goals {
        guard let verdict = Verdict(goal, of: label, in: outcomes) else { continue }
        text += "  \(verdict.isReached ? "ok    " : "MISSED") \(label): \(verdict.text), goal \(verdict.goalText)\n"
      }
    }
    return text
  }

  private static func spread(_ outcome: Outcome, by factor: Double) -> String {
    [outcome.min, outcome.median, outcome.max].map { $0.map { FigureText.rounded($0 * factor) } ?? "-" }
      .joined(separator: "/")
  }
}
