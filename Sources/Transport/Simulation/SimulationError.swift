/// Why a simulation ended without a result of its body.
package enum SimulationError: Error, Equatable, Sendable {
  /// The body waits, and no job, timer or byte is left that could wake it.
  case stalled(at: Instant)
  /// The step budget is spent.
  case outOfSteps(Int, at: Instant)
  /// A million steps were taken without time moving on.
  case spinning(at: Instant)
}
