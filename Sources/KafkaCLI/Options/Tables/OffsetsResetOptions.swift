/// The words of `kavka offsets reset`.
package enum OffsetsResetOptions {
  package static let group = OffsetsCommitOptions.group
  package static let to = Option(
    nil, "to", .value("WHERE"), completion: .choices(["beginning", "end"]),
    summary: "beginning, end, N, -N, +N, @TIME, -1h",
    details: """
      beginning and end of each partition, an offset N, -N before the end, +N after the beginning, @TIME in milliseconds \
      since 1970-01-01 UTC or ISO 8601, -DURATION back from now. What is outside of a partition becomes its nearer end.
      """)
  package static let dryRun = OffsetsCommitOptions.dryRun
  package static let json = OffsetsCommitOptions.json

  package static let table = CommandTable(
    name: "offsets reset", summary: "Moves a group to a place in its topics.",
    operands: .words("[TOPIC[:PARTITION[-PARTITION]]]…", .topic),
    description: [
      """
      Sets the offsets of a group in the partitions named, or in all that it has an offset in, to one place. Writes topic, \
      partition, the offset before and the one after.
      """, OffsetsCommitOptions.membersParagraph,
    ],
    options: [group, to, dryRun, json],
    commonOptions: CommonOptions.connection,
    examples: [
      .init("kavka offsets reset -G billing --to -1h --dry-run", "see where an hour ago was"),
      .init("kavka offsets reset -G billing --to beginning orders", "read one topic again"),
    ])
}
