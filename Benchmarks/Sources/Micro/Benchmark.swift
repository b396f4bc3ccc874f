/// One stage of a data path, alone: what is prepared, and what is then repeated and measured.
struct Benchmark: Sendable {
  /// Where in the table it stands: `input/lines`.
  let name: String
  /// What the figures are of: `record` unless something else is counted.
  let unit: String
  private let make: @Sendable () throws -> any Stage

  /// - Parameters:
  ///   - prepare: Makes what the repetitions work on.
  ///   - reset: What is done before each repetition and not measured.
  ///   - body: Does the work once. It must do the same each time.
  init<State: ~Copyable>(
    _ name: String, per unit: String = "record", prepare: @escaping @Sendable () throws -> State,
    reset: @escaping @Sendable (inout State) throws -> Void = { _ in },
    repeating body: @escaping @Sendable (inout State) throws -> Work
  ) {
    self.init(name, per: unit) { PreparedStage(state: try prepare(), reset: reset, body: body) }
  }

  /// - Parameter make: Prepares a stage whose type depends on what is prepared.
  init(_ name: String, per unit: String = "record", making make: @escaping @Sendable () throws -> any Stage) {
    self.name = name
    self.unit = unit
    self.make = make
  }

  func prepared() throws -> any Stage { try make() }
}
