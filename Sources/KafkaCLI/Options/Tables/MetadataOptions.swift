/// The words of `kavka metadata`.
package enum MetadataOptions {
  package static let topic = Option(
    "t", nil, .value("TOPIC"), completion: .topic, isRepeatable: true, summary: "only this topic; again for more")
  package static let brokers = Option(
    nil, "brokers", summary: "the addresses of the brokers only, one a line",
    details: "Here the long name has this meaning; the servers to connect to are given by -b alone.")
  package static let topics = Option(nil, "topics", summary: "the names of the topics only, one a line")
  package static let json = Option("J", nil, summary: "one JSON object")

  package static let table = CommandTable(
    name: "metadata", summary: "Shows the brokers, topics and partitions of a cluster.",
    operands: .none,
    description: [
      """
      Writes the cluster, its brokers, and its topics with the leader, replicas and in-sync replicas of each partition. \
      What is wrong with a partition is said beside it; the rest is shown.
      """
    ],
    options: [topic, brokers, topics, json],
    commonOptions: CommonOptions.connectionByLetter,
    examples: [
      .init("kavka metadata -b kafka1", "everything"),
      .init("kavka metadata -t orders -J", "one topic, as JSON"),
      .init("kavka metadata --topics", "names for a script"),
    ])
}
