/// Finds what someone who mistyped a name may have meant.
package enum NearestName {
  /// The name of `candidates` that begins with `name`, or that is made from it by the fewest changes of a letter.
  ///
  /// - Returns: Nothing when so many letters differ that a suggestion would be a guess.
  package static func of(_ name: String, in candidates: [String]) -> String? {
    guard !name.isEmpty, name.utf8.count <= 64 else { return nil }
    let continued = candidates.filter { $0.hasPrefix(name) }
    if let shortest = continued.min(by: { $0.count < $1.count }) { return shortest }
    let ranked = candidates.map { ($0, distance(name, $0)) }
    guard let (best, changes) = ranked.min(by: { $0.1 < $1.1 }) else { return nil }
    return changes <= max(1, min(name.count, best.count) / 3) ? best : nil
  }

  /// The number of letters to insert, remove, replace, or swap with a neighbour (optimal string alignment).
  static func distance(_ first: String, _ second: String) -> Int {
    let first = Array(first)
    let second = Array(second)
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for row in 0..<first.count {
      var current = [row + 1]
      for column in 0..<second.count {
        var least = min(
          last[column + 1] + 1, current[column] + 1, last[column] + (first[row] == second[column] ? 0 : 1))
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
          least = min(least, beforeLast[column - 1] + 1)
        }
        current.append(least)
      }
      (beforeLast, last) = (last, current)
    }
    return last[second.count]
  }
}
