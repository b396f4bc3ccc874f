/// A way to compress the records of a batch, by its number in the batch's attributes.
@usableFromInline
package enum CompressionCodec: Int8, Sendable, CaseIterable {
  case none = 0
  case gzip = 1
  case snappy = 2
  case lz4 = 3
  /// Only in format v2 (KIP-110).
  case zstd = 4

  /// The name that Kafka's `compression.type` has for it.
  package var name: String {
    switch self {
    case .none: "none"
    case .gzip: "gzip"
    case .snappy: "snappy"
    case .lz4: "lz4"
    case .zstd: "zstd"
    }
  }

  package init?(name: String) {
    guard let codec = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = codec
  }

  /// The levels a user may ask for (KIP-390), or nil where the codec has none.
  package var levels: ClosedRange<Int>? {
    switch self {
    case .none, .snappy: nil
    case .gzip: 1...9
    case .lz4: 1...12
    case .zstd: -131_072...22
    }
  }

  /// Whether batches of `format` may be compressed so.
  package func isAllowed(in format: RecordFormat) -> Bool { self != .zstd || format == .v2 }
}
