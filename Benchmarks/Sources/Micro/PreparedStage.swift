/// Holds what a benchmark works on. The body is given it as a whole, so that what the body does for each record is not
/// checked for exclusive access.
final class PreparedStage<State: ~Copyable>: Stage {
  private var state: State
  private let resetState: (inout State) throws -> Void
  private let body: (inout State) throws -> Work

  init(
    state: consuming State, reset: @escaping (inout State) throws -> Void = { _ in },
    body: @escaping (inout State) throws -> Work
  ) {
    self.state = state
    self.resetState = reset
    self.body = body
  }

  func reset() throws { try resetState(&state) }

  func run() throws -> Work { try body(&state) }
}
