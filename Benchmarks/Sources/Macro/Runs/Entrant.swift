/// A program in a comparison.
struct Entrant {
  var label: String
  /// Runs it once: what is not measured before, what is measured, and a check that the work was done.
  var run: () throws -> ProcessUsage
}

extension [Entrant] {
  /// Runs all of them in turn, several times, so that what disturbs the machine disturbs all of them. One that has
  /// failed is not run again, and has no figures.
  func measure(runs: Int, _ recorder: Recorder) {
    var usages: [[ProcessUsage]] = map { _ in [] }
    var failures: [String?] = map { _ in nil }
    for _ in 0..<runs {
      for (place, entrant) in enumerated() where failures[place] == nil {
        do {
          usages[place].append(try entrant.run())
        } catch {
          failures[place] = "\(error)"
        }
      }
    }
    for (place, entrant) in enumerated() {
      if let failure = failures[place] {
        recorder.fail(entrant.label, failure)
      } else {
        recorder.add(entrant.label, usages[place])
      }
    }
  }
}
