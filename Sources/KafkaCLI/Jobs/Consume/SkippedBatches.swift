import KafkaClient

/// Tells of damaged batches that are left out: of the first few each, of the others how many there were.
struct SkippedBatches {
  private static let toldOf = 20

  private let diagnostics: Diagnostics
  private var count = 0

  init(_ diagnostics: Diagnostics) { self.diagnostics = diagnostics }

  mutating func add(_ error: KafkaError) {
    count += 1
    guard count <= Self.toldOf else { return }
    var error = error
    error.hint = nil
    diagnostics.error("\(error); skipped")
  }

  func finish() {
    guard count > Self.toldOf else { return }
    diagnostics.error("skipped \(count - Self.toldOf) more damaged batches")
  }
}
