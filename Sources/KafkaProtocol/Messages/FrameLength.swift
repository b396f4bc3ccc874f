import Buffers

/// The four bytes before a frame that say how long the rest is.
enum FrameLength {
  static let byteCount = 4

  /// Ends a writer that began with four bytes of any value and puts the length there.
  static func finish(_ writer: consuming WireWriter) throws(WireError) -> [Bytes] {
    let length = writer.byteCount - byteCount
    guard let value = Int32(exactly: length) else { throw .tooLong(length: length) }
    writer.overwrite(at: 0, int32: value)
    return writer.finish()
  }
}
