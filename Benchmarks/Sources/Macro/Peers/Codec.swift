/// How record batches are compressed.
enum Codec: String, CaseIterable {
  case none, gzip, snappy, lz4, zstd
}
