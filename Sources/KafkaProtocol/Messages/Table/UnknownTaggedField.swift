package import Buffers

/// A tagged field that the schema does not know, kept as it came (KIP-482).
package struct UnknownTaggedField: Equatable, Sendable {
  /// The struct that it is in, such as `topics[0].partitions[2]`; empty for the message itself.
  package let path: String
  package let tag: UInt32
  package let bytes: Bytes

  package init(path: String, tag: UInt32, bytes: Bytes) {
    self.path = path
    self.tag = tag
    self.bytes = bytes
  }
}
