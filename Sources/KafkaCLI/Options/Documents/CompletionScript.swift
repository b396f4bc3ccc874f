/// Completion scripts. All words in them come from the tables; topics are asked from the cluster for a second at most.
package enum CompletionScript {
  package static func of(_ shell: ShellName) -> String {
    switch shell {
    case .bash: BashCompletion.script
    case .zsh: ZshCompletion.script
    case .fish: FishCompletion.script
    }
  }

  /// How a script asks for the names of topics, given what names the brokers on the line.
  static func topics(_ brokers: String) -> String {
    "kavka metadata --topics -q --timeout 300ms \(brokers) 2>/dev/null"
  }

  /// The names that have two words.
  static var longNames: [String] { CommandTable.all.filter { $0.words.count == 2 }.map(\.name) }

  /// The text in single quotes, as the shell reads it.
  static func quoted(_ text: String, for shell: ShellName) -> String {
    let apostrophe = shell == .fish ? #"\'"# : #"'\''"#
    return "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: apostrophe))'"
  }
}
