import TestHarness

/// Runs the program under test.
enum Kavka {
  /// - Parameter input: Standard input; files among the arguments are read by the program itself.
  static func run(_ arguments: [String], input: [UInt8] = [], within limit: Duration = .seconds(60)) async throws
    -> ProcessResult
  {
    try await start(arguments, input: input).end(within: limit)
  }

  /// Starts it; a nil input keeps its standard input open.
  ///
  /// Brokers before 0.10 are not asked what they speak, unless the arguments say something about that.
  static func start(_ arguments: [String], input: [UInt8]?) throws -> RunningProcess {
    var arguments = arguments
    let setting = "api.version.request"
    if let option = arguments.firstIndex(of: "-b"), KafkaClusters.areBeforeVersions(arguments[option + 1]),
      !arguments.contains(where: { $0.hasPrefix(setting) })
    {
      arguments.insert(contentsOf: ["-X", "\(setting)=false"], at: option)
    }
    return try RunningProcess(Programs.kavka, arguments, input: input)
  }

  /// Stores records, or fails with what the program has said.
  static func produce(_ input: [UInt8], to topic: String, at servers: String, _ options: [String] = []) async throws {
    let result = try await run(["produce", "-b", servers, "-t", topic] + options, input: input)
    guard result.succeeded else { throw Failure("produce to \(topic) \(options): \(result)") }
  }

  /// Reads a topic to its end.
  static func consume(_ topic: String, at servers: String, _ options: [String] = []) async throws -> [UInt8] {
    let result = try await run(["consume", "-b", servers, "-e", topic] + options)
    guard result.succeeded else { throw Failure("consume of \(topic) \(options): \(result)") }
    return result.output
  }
}
