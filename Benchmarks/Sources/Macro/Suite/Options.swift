import TestHarness

/// What the command line asks for.
struct Options {
  enum Action { case run, list, report, help }

  var action = Action.run
  var names: [String] = []
  var clusters = ClusterKind.allCases
  var builds: [String] = []
  var peers: [String] = []
  var runs: Int?
  var isQuick = false
  /// Where results are written to and read from.
  var results = "\(Programs.packageRoot)/Benchmarks/results"

  static let help = """
    Usage: Macro [NAME|GROUP]… [OPTION]…    measures; all groups unless some are named: ratios, scaling, free
           Macro report                     writes the tables and plots of docs/performance.md from the results

      --list               names what can be measured
      --cluster LIST       of mock, kafka and free [all that are there]
      --kavka [NAME=]PATH  a build of kavka [$KAVKA_BIN or .build/release/kavka]; again to compare several
      --peers LIST         of kcat and franz-go, or none [all that are there]
      --runs N             how often each program runs [5, and 3 of the group scaling]
      --quick              a tenth of the input and two runs, and nothing kept: shows that all of it works
      --results DIRECTORY  where results are kept [Benchmarks/results]; none keeps nothing

    """

  init(_ arguments: [String]) throws {
    var arguments = arguments[...]
    func value(_ option: String) throws -> String {
      guard let value = arguments.popFirst() else { throw Failure("\(option) needs a value") }
      return value
    }
    while let argument = arguments.popFirst() {
      switch argument {
      case "report": action = .report
      case "--list": action = .list
      case "--help", "-h": action = .help
      case "--quick": isQuick = true
      case "--only": names += Self.list(try value(argument))
      case "--kavka": builds.append(try value(argument))
      case "--peers": peers = try Self.list(value(argument))
      case "--results": results = try value(argument)
      case "--runs":
        let text = try value(argument)
        guard let number = Int(text), number > 0 else { throw Failure("--runs \(text): not a number") }
        runs = number
      case "--cluster":
        clusters = try Self.list(value(argument)).map { name in
          guard let kind = ClusterKind(rawValue: name) else { throw Failure("--cluster \(name): not one of them") }
          return kind
        }
      default:
        guard !argument.hasPrefix("-") else { throw Failure("\(argument): no such option, see --help") }
        names += Self.list(argument)
      }
    }
  }

  private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

  /// The benchmarks that are asked for, by their names or those of their groups.
  func selected() throws -> [Benchmark] {
    for name in names where !Benchmark.all.contains(where: { $0.isCalled(name) }) {
      throw Failure("\(name): no such benchmark, see --list")
    }
    return Benchmark.all.filter { benchmark in names.isEmpty || names.contains(where: benchmark.isCalled) }
  }

  static let usualRuns = 5

  func runs(of benchmark: Benchmark) -> Int { runs ?? (isQuick ? 2 : benchmark.group == .scaling ? 3 : Self.usualRuns) }

  var keepsResults: Bool { results != "none" && !isQuick }
}

extension Benchmark {
  /// Whether it is meant: by its name, by its group, or by what stands before the slash in its name.
  func isCalled(_ name: String) -> Bool {
    name == self.name || name == group.rawValue || self.name.hasPrefix("\(name)/")
  }
}
