/// A benchmark that is ready to be repeated.
protocol Stage: AnyObject {
  func reset() throws
  func run() throws -> Work
}

/// What one repetition has done.
struct Work: Equatable {
  /// How many records, or what else is counted.
  var items: Int
  /// The bytes of all of them, on the side where they are interesting.
  var bytes: Int
}
