/// The words of `kavka offsets commit`.
package enum OffsetsCommitOptions {
  package static let group = Option(
    "G", "group", .value("GROUP"), completion: .group, summary: "the group whose offsets are set")
  package static let dryRun = Option(
    nil, "dry-run", summary: "show what would be changed, and change nothing")
  package static let json = Option("J", nil, summary: "one JSON object a line")

  /// What the group's members mean for a change, in the manual.
  static let membersParagraph = """
    A group that has members is left alone, as they would go on from where they are: the line on standard error names its \
    state and the members. An error stays with its partition; the others are changed, and the exit status is 1.
    """

  package static let table = CommandTable(
    name: "offsets commit", summary: "Sets offsets of a group in single partitions.",
    operands: .words("TOPIC[:PARTITION[-PARTITION]]=WHERE…", .topic),
    description: [
      """
      Commits for each partition, or for all of a topic, the offset that WHERE stands for: beginning, end, an offset N, -N \
      before the end, +N after the beginning, @TIME, or -DURATION such as -1h. An offset that is outside of its partition \
      is refused. Writes topic, partition, the offset before and the one after.
      """, membersParagraph,
    ],
    options: [group, dryRun, json],
    commonOptions: CommonOptions.connection,
    examples: [
      .init("kavka offsets commit -G billing orders:0=1200 orders:1=end", "two partitions"),
      .init("kavka offsets commit -G billing orders=@2024-01-31", "a whole topic, from a day on"),
    ])
}
