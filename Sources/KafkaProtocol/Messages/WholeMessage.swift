package import Buffers

/// A message that takes all the bytes given.
package enum WholeMessage {
  /// Decodes a message from its body alone.
  ///
  /// - Throws: ``WireError/leftoverBytes(count:)`` where the message ends before the bytes do.
  package static func decode<Message: WireMessage>(
    _ type: Message.Type, from bytes: Bytes, version: Int16
  ) throws(WireError) -> Message {
    var reader = WireReader(bytes)
    let message = try Message(from: &reader, version: version)
    guard reader.bytesLeft == 0 else { throw .leftoverBytes(count: reader.bytesLeft) }
    return message
  }
}
