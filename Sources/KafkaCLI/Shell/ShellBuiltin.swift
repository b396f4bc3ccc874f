/// A command that only the shell has.
package enum ShellBuiltin: String, CaseIterable, Sendable {
  case use
  case refresh
  case history
  case help
  case exit
  case quit

  /// How it is written.
  var usage: String {
    switch self {
    case .use: "use [TOPIC]"
    case .help: "help [COMMAND]"
    case .refresh, .history, .exit, .quit: rawValue
    }
  }

  /// How many words may follow.
  var maximumOperands: Int {
    switch self {
    case .use: 1
    case .help: 2
    case .refresh, .history, .exit, .quit: 0
    }
  }

  /// One line, beginning with a verb.
  var summary: String {
    switch self {
    case .use: "Chooses the topic for commands that name none; without TOPIC, none."
    case .refresh: "Asks the cluster for its topics anew, for completion."
    case .history: "Lists the lines that were typed."
    case .help: "Lists the commands, or tells more of one."
    case .exit, .quit: "Leaves the shell, as Ctrl-D does."
    }
  }
}
