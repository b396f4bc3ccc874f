import Buffers

/// A format string of `-f`, compiled.
package struct FormatProgram: Equatable, Sendable {
  /// How bytes are written.
  enum Encoding: Equatable, Sendable {
    case exact
    case hex
    case base64
  }

  enum Instruction: Equatable, Sendable {
    case literal(Bytes)
    case value(Encoding)
    case key(Encoding)
    case topic
    case partition
    case offset
    case milliseconds
    case iso8601
    case headers
    case header(Bytes)
    case valueLength
    case keyLength
    case bigEndianValueLength
  }

  let instructions: [Instruction]
}
