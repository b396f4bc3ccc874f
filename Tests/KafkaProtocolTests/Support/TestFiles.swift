import FoundationEssentials

/// Where tests find what is not their own.
enum TestFiles {
  /// The package's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The folder of the golden vectors.
  static let vectors = ProcessInfo.processInfo.environment["KAVKA_VECTORS"] ?? root + "/../shared/protocol/vectors"
}
