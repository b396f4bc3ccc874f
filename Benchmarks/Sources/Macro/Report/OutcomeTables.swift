import Results

/// Outcomes as tables of Markdown, with medians.
struct OutcomeTables {
  private static let peers = ["kavka", "kcat", "franz-go"]
  private let file: OutcomeFile

  init(_ file: OutcomeFile) { self.file = file }

  /// What was measured on what.
  var setting: String {
    let setting = file.setting
    return "\(setting.cluster) on the same machine: \(setting.machine). \(setting.programs.joined(separator: ", "))"
      + "; each \(setting.runs) times in turn.\n"
  }

  /// A line for each benchmark that was measured: what each program took, and how that stands to goals, if there are
  /// any.
  func table(of benchmarks: [Benchmark]) -> String {
    let measured = benchmarks.filter { benchmark in !outcomes(of: benchmark).isEmpty }
    guard !measured.isEmpty else { return "Not measured yet.\n" }
    let peers = Self.peers.filter { peer in
      measured.contains { benchmark in outcomes(of: benchmark).contains { $0.peer == peer } }
    }
    let hasGoals = measured.contains { !$0.goals.isEmpty }
    var rows = [["work"] + peers + (hasGoals ? ["against the goal"] : [])]
    rows.append(rows[0].map { _ in "---" })
    for benchmark in measured {
      let outcomes = outcomes(of: benchmark)
      // All of a line in one unit.
      let isShort = outcomes.allSatisfy { $0.metric != .wall || ($0.median ?? 0) < 0.1 }
      let cells = peers.map { peer in cell(outcomes.filter { $0.peer == peer }, isShort: isShort) }
      let verdicts = benchmark.goals.compactMap { Verdict($0, of: Self.peers[0], in: outcomes) }.map { verdict in
        "\(verdict.isReached ? "✓" : "✗") \(verdict.text) (\(verdict.goalText))"
      }
      rows.append([benchmark.title] + cells + (hasGoals ? [verdicts.joined(separator: "<br>")] : []))
    }
    return rows.map { "| \($0.joined(separator: " | ")) |\n" }.joined()
  }

  private func outcomes(of benchmark: Benchmark) -> [Outcome] {
    file.outcomes.filter { $0.benchmark == benchmark.name }
  }

  /// Such as `0.31 s, 0.16 s CPU, 31 MiB`.
  private func cell(_ outcomes: [Outcome], isShort: Bool) -> String {
    if outcomes.contains(where: { $0.failure != nil }) { return "failed" }
    return Metric.allCases.compactMap { metric in
      guard let outcome = outcomes.first(where: { $0.metric == metric }), let median = outcome.median else {
        return nil
      }
      switch metric {
      case .wall, .cpu:
        let text = isShort ? "\(FigureText.rounded(median * 1000)) ms" : "\(FigureText.decimal(median, places: 2)) s"
        return metric == .cpu ? "\(text) CPU" : text
      case .peak: return "\(FigureText.decimal(outcomes.count == 1 ? outcome.max ?? median : median, places: 0)) MiB"
      case .p50, .p99: return "\(metric.rawValue) \(FigureText.rounded(median)) ms"
      }
    }.joined(separator: ", ")
  }
}
