package import Buffers

/// What comes from an ``InputReader``.
package enum InputEvent: Sendable {
  /// The blocks that follow are those of this file.
  case begin(InputFile)
  /// Bytes, as many as there were, at most ``InputReader/blockSize``.
  case block(Bytes)
  /// The file has been read to its end, which ends its last record.
  case end
  /// Nothing more can be read at present. Comes once before each wait.
  case idle
}
