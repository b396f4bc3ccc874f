/// The words of `kavka offsets delete`.
package enum OffsetsDeleteOptions {
  package static let group = Option(
    "G", "group", .value("GROUP"), completion: .group, summary: "the group whose offsets are deleted")
  package static let yes = Option(
    nil, "yes", summary: "do not ask",
    details: "On a terminal the command asks for the name of the group. Elsewhere it needs this option.")
  package static let dryRun = OffsetsCommitOptions.dryRun
  package static let json = OffsetsCommitOptions.json

  package static let table = CommandTable(
    name: "offsets delete", summary: "Deletes offsets of a group.",
    operands: .words("TOPIC[:PARTITION[-PARTITION]]…", .topic),
    description: [
      """
      Forgets what is committed for a group in the partitions named: a member that comes then begins where its own settings \
      say. Writes topic, partition, the offset before, and - once it is deleted. Brokers can do so since Kafka 2.4.
      """, OffsetsCommitOptions.membersParagraph,
    ],
    options: [group, yes, dryRun, json],
    commonOptions: CommonOptions.connection,
    examples: [
      .init("kavka offsets delete -G billing orders --dry-run", "see what would be deleted"),
      .init("kavka offsets delete -G billing orders:3 --yes", "one, in a script"),
    ])
}
