/// What to compress batches with.
package struct Compression: Sendable, Equatable {
  package var codec: CompressionCodec
  /// One of the codec's ``CompressionCodec/levels``, or nil for its default.
  package var level: Int?

  package init(_ codec: CompressionCodec, level: Int? = nil) {
    self.codec = codec
    self.level = level
  }

  package static let none = Compression(.none)
}
