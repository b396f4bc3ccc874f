/// The lines of a properties file that say something, with those joined that a backslash joins.
struct PropertyLines {
  struct Line {
    /// The line without blanks in front of it; escapes are still there.
    var bytes: [UInt8]
    /// Where it begins, from 1.
    var number: Int
  }

  /// The most bytes of one line, all that are joined to it included.
  private static let limit = 64 << 10

  private let contents: [UInt8]
  private let file: String
  private var index = 0
  private var number = 0

  init(_ contents: [UInt8], file: String) {
    self.contents = contents
    self.file = file
    if contents.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  /// The next line that is neither empty nor a comment.
  mutating func next() throws(UsageError) -> Line? {
    while let first = try nextOfFile() {
      guard let character = first.first, character != UInt8(ascii: "#"), character != UInt8(ascii: "!") else {
        continue
      }
      var line = Line(bytes: Array(first), number: number)
      var isContinued = Self.isContinued(first)
      while isContinued {
        line.bytes.removeLast()
        guard let more = try nextOfFile() else { break }
        isContinued = Self.isContinued(more)
        line.bytes += more
        guard line.bytes.count <= Self.limit else { throw tooLong(at: line.number) }
      }
      return line
    }
    return nil
  }

  /// The next line as the file has it, without its end and the blanks in front of it.
  private mutating func nextOfFile() throws(UsageError) -> ArraySlice<UInt8>? {
    guard index < contents.count else { return nil }
    number += 1
    let start = index
    while index < contents.count, contents[index] != 0x0A, contents[index] != 0x0D {
      guard contents[index] >= 0x20 || contents[index] == 0x09 || contents[index] == 0x0C else {
        throw UsageError(
          "this is no text", place: "\(file):\(number)", advice: "a byte has the value \(contents[index])")
      }
      index += 1
    }
    let line = contents[start..<index]
    if index < contents.count {
      index += contents[index] == 0x0D && index + 1 < contents.count && contents[index + 1] == 0x0A ? 2 : 1
    }
    guard line.count <= Self.limit else { throw tooLong(at: number) }
    return line.drop(while: PropertyText.isBlank)
  }

  private func tooLong(at line: Int) -> UsageError {
    UsageError("the line is too long", place: "\(file):\(line)", advice: "\(Self.limit) bytes are allowed")
  }

  /// Whether the last backslash is not itself escaped.
  private static func isContinued(_ line: ArraySlice<UInt8>) -> Bool {
    line.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
  }
}
