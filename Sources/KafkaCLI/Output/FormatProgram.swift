import Buffers

/// A format string of `-f`, compiled.
package struct FormatProgram: Equatable, Sendable {
  /// How bytes are written.
  enum Encoding: Equatable, Sendable {
    case exact
    case hex
    case base64
    /// As in the JSON form of a record: a string, or an object with base64.
    case json
    /// The number that the bytes are, in decimal.
    case integer(FixedWidthLayout)
  }

  enum Instruction: Equatable, Sendable {
    /// A part of the program's literals: a range, so that going through the program counts no references.
    case literal(Range<Int>)
    case value(Encoding)
    case key(Encoding)
    case topic
    case partition
    case offset
    case milliseconds
    case iso8601
    case localTime(TimeFormat)
    case headers
    case header(Bytes)
    case valueLength
    case keyLength
    case bigEndianValueLength
    case leaderEpoch
    case highWatermark
  }

  let instructions: [Instruction]
  /// The literals, one after another.
  let literals: Bytes
  /// Where in the string each of them begins.
  let starts: [Int]

  /// The program of no instructions.
  static let empty = FormatProgram(instructions: [], literals: .empty, starts: [])
}
