/// The words of `kavka man`.
package enum ManOptions {
  package static let table = CommandTable(
    name: "man", summary: "Writes a manual page.",
    operands: .words(
      "[COMMAND]",
      .choices([
        "produce", "consume", "offsets", "offsets-commit", "offsets-reset", "offsets-delete", "metadata", "shell",
        "mock",
        "completion", "man",
      ])),
    description: [
      """
      Writes the page of the command, or without one that of kavka itself, in the form that man(1) formats.
      """
    ],
    options: [],
    commonOptions: [CommonOptions.help],
    examples: [
      .init("kavka man produce | man -l -", "read it without installing it"),
      .init("kavka man > /usr/local/share/man/man1/kavka.1", "install it"),
    ])
}
