/// The words of `kavka mock`.
package enum MockOptions {
  package static let brokers = Option(nil, "brokers", .value("N"), summary: "the number of brokers", default: "1")
  package static let topic = Option(
    nil, "topic", .value("NAME[:PARTITIONS]"), isRepeatable: true,
    summary: "a topic to begin with; again for more",
    details: "With one partition when no number is given.")
  package static let port = Option(
    nil, "port", .value("PORT"), summary: "the first broker's port", default: "any free one",
    details: "The other brokers have the ports that follow it.")
  package static let quiet = CommonOptions.quiet

  package static let table = CommandTable(
    name: "mock", summary: "Runs a cluster in memory, to try things out and for tests.",
    operands: .command("[-- COMMAND [ARGUMENT]…]"),
    description: [
      """
      The brokers listen on 127.0.0.1; their addresses are written to standard output as one line once they do. Topics \
      that are used are created. Everything is gone when the command ends.
      """,
      """
      With a COMMAND, runs it with $KAVKA_BROKERS set to the addresses, writes nothing itself, and ends when the command \
      ends, with its exit status: 127 where there is no such command, 126 where it cannot be run.
      """,
    ],
    options: [brokers, topic, port],
    commonOptions: [quiet, CommonOptions.help],
    examples: [
      .init("kavka mock --brokers 3 --topic orders:6", "until it is interrupted", endsByItself: false),
      .init("kavka mock -- sh -c 'echo hi | kavka produce t'", "a cluster for one command"),
    ])
}
