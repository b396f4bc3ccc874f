import KafkaCLI

/// What the program understands by options, written as a shell would divide them at blanks.
enum CommandOptions {
  static func consume(_ options: String) throws -> ConsumeArguments {
    guard case .consume(let arguments) = try invocation("consume", options) else {
      throw BenchmarkError.badSample(options)
    }
    return arguments
  }

  static func produce(_ options: String) throws -> ProduceArguments {
    guard case .produce(let arguments) = try invocation("produce", options) else {
      throw BenchmarkError.badSample(options)
    }
    return arguments
  }

  private static func invocation(_ command: String, _ options: String) throws -> Invocation {
    let words = [command] + options.split(separator: " ").map(String.init) + ["topic"]
    return try CommandLineParser.parse(words.map { Argument($0) }, environment: [:])
  }
}
