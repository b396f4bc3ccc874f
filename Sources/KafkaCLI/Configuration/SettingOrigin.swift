/// Who said what a setting is, the weakest first.
package enum SettingOrigin: Hashable, Sendable, CustomStringConvertible {
  case standard
  /// A line of a file.
  case file(String, line: Int)
  /// A variable of the environment, by its name.
  case environment(String)
  /// An option, as it was written.
  case option(String)

  /// The origin as messages and `-X dump` name it.
  package var description: String {
    switch self {
    case .standard: "default"
    case .file(let name, let line): "\(name):\(line)"
    case .environment(let name): "$\(name)"
    case .option(let spelling): "option \(spelling)"
    }
  }

  /// How much it counts against others.
  package var rank: Int {
    switch self {
    case .standard: 0
    case .file: 1
    case .environment: 2
    case .option: 3
    }
  }

  /// Whether it was written for this program, so that nothing in it may be passed over.
  var isForKavka: Bool { if case .file = self { false } else { true } }
}
