/// Why a mock cluster could not do what it was asked to.
public struct MockClusterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What failed, where, and why, as one line for people.
  public let description: String

  init(_ description: String) { self.description = description }
}
