do {
  let command = try Command(arguments: Array(CommandLine.arguments.dropFirst()))
  for line in try command.run() { print(line) }
} catch {
  StandardError.write("kafka-codegen: \(error)\n")
  StandardError.exitWithFailure()
}
