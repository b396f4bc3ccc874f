import Glibc
import Results

/// `Micro [--list] [--json FILE] [NAME…]`: measures the stages of the data paths, all or those whose names begin so.
@main
struct Micro {
  private var names: [String] = []
  private var resultPath: String?
  private var lists = false
  private var isUnderCallgrind = false

  static func main() {
    do {
      var micro = Micro()
      try micro.parse(CommandLine.arguments.dropFirst())
      try micro.run()
    } catch {
      let message = Array("Micro: \(error)\n".utf8)
      write(STDERR_FILENO, message, message.count)
      exit(1)
    }
  }

  private mutating func parse(_ words: ArraySlice<String>) throws {
    var words = words
    while let word = words.popFirst() {
      switch word {
      case "--list": lists = true
      case Callgrind.argument: isUnderCallgrind = true
      case "--json":
        guard let path = words.popFirst() else { throw UsageProblem(text: "--json needs a file") }
        resultPath = path
      case _ where word.hasPrefix("-"):
        throw UsageProblem(text: "unknown option '\(word)'; there are --list, --json FILE and names")
      default: names.append(word)
      }
    }
  }

  private func run() throws {
    let benchmarks = Suite.all.filter { benchmark in names.isEmpty || names.contains { benchmark.name.hasPrefix($0) } }
    guard !benchmarks.isEmpty else { throw UsageProblem(text: "there are no such benchmarks; --list tells the names") }
    if lists {
      for benchmark in benchmarks { print(benchmark.name) }
    } else if isUnderCallgrind {
      try Callgrind.countHere(benchmarks)
    } else {
      try measure(benchmarks)
    }
  }

  private func measure(_ benchmarks: [Benchmark]) throws {
    let meter = Meter()
    print("On \(Machine.description)")
    var counts: [String: Int64] = [:]
    if meter.countsInstructions {
      print("Instructions are counted by the processor.")
    } else {
      switch Callgrind.count(benchmarks) {
      case .success(let totals):
        counts = totals
        print("Instructions are counted by Callgrind: the processor offers no counter.")
      case .failure(let why): print("Instructions are not counted: the processor offers no counter, and \(why.reason).")
      }
    }
    var results = ResultFile()
    var table = AlignedTable(["", "per", "bytes", "instructions", "allocations", "ns of CPU"])
    for benchmark in benchmarks {
      var (work, figures) = try meter.measure(benchmark)
      if let count = counts[benchmark.name] { figures.instructions = Double(count) / Double(work.items) }
      table.append([
        benchmark.name, benchmark.unit, FigureText.rounded(figures.bytes),
        figures.instructions.map(FigureText.rounded) ?? "-", FigureText.rounded(figures.allocations),
        FigureText.rounded(figures.nanoseconds),
      ])
      for measurement in figures.measurements(of: benchmark) { results.append(measurement) }
    }
    print(table.text, terminator: "")
    if let resultPath, !results.write(to: resultPath) {
      throw UsageProblem(text: "\(resultPath) cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}

/// Something the command line has wrong.
struct UsageProblem: Error, CustomStringConvertible {
  let text: String

  var description: String { text }
}
