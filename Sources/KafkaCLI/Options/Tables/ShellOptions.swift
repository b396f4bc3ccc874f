/// The words of `kavka shell`.
package enum ShellOptions {
  package static let table = CommandTable(
    name: "shell", summary: "Reads commands from a prompt and runs them over one client.",
    operands: .none,
    description: [
      """
      All other commands work there as they do outside, in the same syntax and with the same output, over connections that \
      stay open. help lists what else there is. Ctrl-C ends the command that runs, never the shell; Ctrl-D and exit leave it.
      """,
      "Commands that come from a pipe or a file give no prompt; the exit status is that of the last one that failed.",
    ],
    options: [],
    commonOptions: CommonOptions.connection,
    examples: [
      .init("kavka shell -b kafka1", "a prompt"),
      .init("echo 'offsets orders' | kavka shell", "commands from a pipe"),
    ])
}
