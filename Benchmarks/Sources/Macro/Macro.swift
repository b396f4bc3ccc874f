import Glibc

/// Measures whole processes against each other: see `Options.help`.
@main
enum Macro {
  static func main() {
    do {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      switch options.action {
      case .help: print(Options.help, terminator: "")
      case .list: for benchmark in Benchmark.all { print("\(benchmark.group)\t\(benchmark.name)\t\(benchmark.title)") }
      case .report: try Report(results: options.results).write()
      case .run:
        ChildProcess.prepare()
        try Suite(options).run()
      }
    } catch {
      fflush(nil)
      try? Descriptor.write(Array("Macro: \(error)\n".utf8), to: STDERR_FILENO, "standard error")
      exit(1)
    }
  }
}
