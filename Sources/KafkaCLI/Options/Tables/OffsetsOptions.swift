/// The words of `kavka offsets`.
package enum OffsetsOptions {
  package static let at = Option(
    nil, "at", .value("WHERE"), completion: .choices(["earliest", "latest", "stable", "max-timestamp"]),
    summary: "earliest, latest, TIME, -1h, others", default: "both ends",
    details: """
      Writes topic, partition and that one offset. stable is where a reader of committed records ends, max-timestamp \
      the record with the largest timestamp (Kafka 3.0 and later). TIME is in milliseconds since 1970-01-01 UTC or ISO 8601, -DURATION \
      such as -1h counts back from now; both mean the first record that is not older.
      """)
  package static let before = Option(
    nil, "before", .value("TIME"), completion: .choices(["latest", "earliest"]),
    summary: "where segments older than this begin",
    details: """
      The old way to find a time, by segments of the log: the first offsets of segments that were begun before TIME, the \
      newest first, with latest the end too. Brokers know it until Kafka 3.9; --at TIME finds the record itself.
      """)
  package static let maxOffsets = Option(
    nil, "max-offsets", .value("N"), summary: "so many segments of each partition", default: "1")
  package static let group = Option(
    "G", "group", .value("GROUP"), completion: .group, summary: "what is committed for GROUP, and the lag",
    details: """
      Writes topic, partition, the committed offset, the latest one, the lag between them, and the text that was committed \
      with the offset; - where something is not known. Without TOPIC, all partitions that the group has an offset in. The \
      exit status is 1 when nothing is committed.
      """)
  package static let numberOnly = Option(
    "n", nil, summary: "the offset of one TOPIC:PARTITION, alone",
    details: "Without -G, --at or --before, the latest.")
  package static let sum = Option(nil, "sum", summary: "add up the partitions of each topic")
  package static let json = Option(
    "J", nil, summary: "one JSON object a line",
    details: "With the timestamp of the record where --at names a time or max-timestamp.")

  package static let table = CommandTable(
    name: "offsets", summary: "Lists the earliest and latest offsets of partitions.",
    operands: .words("[TOPIC[:PARTITION[-PARTITION]]]…", .topic),
    description: [
      """
      Writes topic, partition, earliest and latest offset, separated by tabs; on a terminal in columns with a heading. The \
      latest offset is the one that the next record will get. A partition without an answer has - in its place and a line \
      on standard error, and the exit status is 1; the others are written.
      """,
      """
      kavka offsets commit, kavka offsets reset and kavka offsets delete change what is committed for a group. A topic that \
      is called like one of them needs -- before it.
      """,
    ],
    options: [group, at, before, maxOffsets, numberOnly, sum, json],
    commonOptions: CommonOptions.connection,
    examples: [
      .init("kavka offsets orders", "earliest and latest of every partition"),
      .init("kavka offsets --at -1h orders", "the first records of the last hour"),
      .init("kavka offsets -G billing", "what a group has committed, and its lag"),
    ])
}
