/// The words of `kavka completion`.
package enum CompletionOptions {
  package static let table = CommandTable(
    name: "completion", summary: "Writes the completion script for a shell.",
    operands: .words("bash|zsh|fish", .choices(ShellName.names)),
    description: ["The script completes commands, options, their values, and names of topics of the cluster."],
    options: [],
    commonOptions: [CommonOptions.help],
    examples: [
      .init("eval \"$(kavka completion bash)\"", "for this session"),
      .init("kavka completion fish > ~/.config/fish/completions/kavka.fish", "for good"),
    ])
}
