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
      """
      Quotes, backslashes and # are those of the system's shell; there are no variables. > FILE, >> FILE and | PROGRAM \
      after a command send its output elsewhere, where > and | begin a word. use TOPIC chooses the topic of commands that \
      name none. Options that would need another client, such as -b, are given to the shell itself.
      """,
      """
      Lines that were typed are kept in $XDG_STATE_HOME/kavka/history, or in ~/.local/state/kavka/history, but for those \
      that begin with a blank.
      """,
      """
      Commands that come from a pipe or a file give no prompt; errors name their line, and the exit status is that of the \
      last one that failed. As standard input has the commands then, produce needs a FILE for its records.
      """,
    ],
    options: [],
    commonOptions: CommonOptions.connection,
    examples: [
      .init("kavka shell -b kafka1", "a prompt"),
      .init("echo 'offsets orders' | kavka shell", "commands from a pipe"),
    ])
}
