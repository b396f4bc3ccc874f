package import Buffers

/// A header for every record: `NAME=VALUE`, or `NAME` alone for a null value.
package struct HeaderArgument: Equatable, Sendable {
  package var name: Bytes
  package var value: Bytes?

  package init(argument: Argument) throws(UsageError) {
    let equals = argument.bytes.firstIndex(of: UInt8(ascii: "="))
    let name = argument.bytes[..<(equals ?? argument.bytes.endIndex)]
    guard !name.isEmpty else { throw UsageError("'\(argument.text)' has no name", advice: "write NAME=VALUE") }
    self.name = Bytes(copying: name)
    value = equals.map { Bytes(copying: argument.bytes[($0 + 1)...]) }
  }
}
