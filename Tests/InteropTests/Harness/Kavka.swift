/// Runs the program under test.
enum Kavka {
  /// Longer than Kafka 0.9 may keep a new topic without a leader, and shorter than a command may run.
  private static let patience = ["--timeout", "50s"]

  /// - Parameter input: Standard input; files among the arguments are read by the program itself.
  static func run(_ arguments: [String], input: [UInt8] = [], within limit: Duration = .seconds(60)) async throws
    -> ProcessResult
  {
    try await start(arguments, input: input).end(within: limit)
  }

  /// Starts it; a nil input keeps its standard input open.
  static func start(_ arguments: [String], input: [UInt8]?) throws -> RunningProcess {
    try RunningProcess(Programs.kavka, arguments, input: input)
  }

  /// Stores records, or fails with what the program has said.
  static func produce(_ input: [UInt8], to topic: String, at servers: String, _ options: [String] = []) async throws {
    let result = try await run(["produce", "-b", servers, "-t", topic] + patience + options, input: input)
    guard result.succeeded else { throw Failure("produce to \(topic) \(options): \(result)") }
  }

  /// Reads a topic to its end.
  static func consume(_ topic: String, at servers: String, _ options: [String] = []) async throws -> [UInt8] {
    let result = try await run(["consume", "-b", servers, "-e", topic] + patience + options)
    guard result.succeeded else { throw Failure("consume of \(topic) \(options): \(result)") }
    return result.output
  }
}
