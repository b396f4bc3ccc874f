/// The words of `kavka metadata`.
package enum MetadataOptions {
  package static let topic = Option(
    "t", nil, .value("TOPIC"), completion: .topic, isRepeatable: true, summary: "only this topic; again for more")
  package static let brokers = Option(
    nil, "brokers", summary: "the addresses of the brokers only, one a line",
    details: "Here the long name has this meaning; the servers to connect to are given by -b alone.")
  package static let topics = Option(nil, "topics", summary: "the names of the topics only, one a line")
  package static let apiVersions = Option(
    nil, "api-versions", summary: "what each broker speaks, and kavka with it",
    details: """
      Writes broker, API, lowest and highest version that the broker offers, and the version that kavka uses, or - where \
      it uses none. Brokers before 0.10 cannot say what they speak.
      """)
  package static let check = Option(
    nil, "check", summary: "connect to each broker and say how it went",
    details: """
      Tries the servers of -b and the addresses that they advertise, all at the same time. Writes broker (- for a server \
      that no broker advertises), address, milliseconds, and ok or the error. The exit status is 3 when one cannot be \
      reached.
      """)
  package static let json = Option("J", nil, summary: "one JSON object")

  package static let table = CommandTable(
    name: "metadata", summary: "Shows the brokers, topics and partitions of a cluster.",
    operands: .none,
    description: [
      """
      Writes the cluster, its brokers, and its topics with the leader, replicas and in-sync replicas of each partition. \
      What is wrong with a topic or partition is said beside it; the rest is shown. Nothing is created by asking.
      """
    ],
    options: [topic, brokers, topics, apiVersions, check, json],
    commonOptions: CommonOptions.connectionByLetter,
    examples: [
      .init("kavka metadata -b kafka1", "everything"),
      .init("kavka metadata -t orders -J", "one topic, as JSON"),
      .init("kavka metadata --check -b kafka1,kafka2", "whether every broker can be reached"),
    ])
}
