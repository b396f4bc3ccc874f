import FoundationEssentials
import Results
import TestHarness

/// The outcomes of a kind of cluster, as lines of JSON: first what they were measured on, then a line for each.
struct OutcomeFile {
  /// What was measured with what.
  struct Setting: Codable {
    var machine: String
    var cluster: String
    /// The versions of the programs.
    var programs: [String]
    var runs: Int
  }

  private(set) var setting: Setting
  private(set) var outcomes: [Outcome]

  init(setting: Setting) {
    self.setting = setting
    outcomes = []
  }

  init(path: String) throws {
    let lines = try TextFile.contents(of: path).split(separator: "\n").map { Data($0.utf8) }
    guard let first = lines.first else { throw Failure("\(path) is empty") }
    do {
      setting = try JSONDecoder().decode(Setting.self, from: first)
      outcomes = try lines.dropFirst().map { try JSONDecoder().decode(Outcome.self, from: $0) }
    } catch {
      throw Failure("\(path): \(error)")
    }
  }

  /// Takes an outcome in, in place of the one with the same key.
  mutating func insert(_ outcome: Outcome) {
    if let place = outcomes.firstIndex(where: { $0.key == outcome.key }) {
      outcomes[place] = outcome
    } else {
      outcomes.append(outcome)
    }
  }

  /// Writes the outcomes of a run; of an earlier run what was not measured now is kept.
  func merge(into path: String) throws {
    var merged = (try? OutcomeFile(path: path)) ?? self
    merged.setting = setting
    for outcome in outcomes { merged.insert(outcome) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var lines = [try encoder.encode(merged.setting)]
    for outcome in merged.outcomes { lines.append(try encoder.encode(outcome)) }
    try TextFile.write(lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined(), to: path)
  }
}
