/// The lines that were typed, of this and of earlier sessions.
final class CommandHistory {
  /// How many lines are kept.
  static let limit = 10_000

  /// The oldest first.
  private(set) var lines: [[UInt8]]
  private let file: HistoryFile?

  /// - Parameter file: Where lines outlive the session; nothing for nowhere.
  init(file: HistoryFile? = nil) throws(InputError) {
    self.file = file
    lines = try file?.load(limit: Self.limit) ?? []
  }

  /// Takes note of a line, unless it begins with a blank, has nothing in it, or repeats the last one.
  ///
  /// - Returns: Whether it was taken.
  /// - Throws: When it cannot be stored; it counts for this session all the same.
  func add(_ line: [UInt8]) throws(InputError) -> Bool {
    guard let first = line.first, first != UInt8(ascii: " "), first != UInt8(ascii: "\t"), line != lines.last else {
      return false
    }
    // A line that would be two in the file, or not be text there.
    guard !line.contains(where: { $0 == 0x0A || $0 == 0 }) else { return false }
    lines.append(line)
    if lines.count > Self.limit { lines.removeFirst(lines.count - Self.limit) }
    try file?.append(line)
    return true
  }

  /// The lines with their numbers, for reading.
  var listing: String {
    var listing = ""
    for (index, line) in lines.enumerated() {
      let number = String(index + 1)
      listing += String(repeating: " ", count: max(0, 5 - number.count)) + number
      listing += "  \(TerminalText.escaped(String(decoding: line, as: UTF8.self)))\n"
    }
    return listing
  }
}
