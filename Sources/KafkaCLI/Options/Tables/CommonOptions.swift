/// The options of every command that talks to a cluster.
package enum CommonOptions {
  package static let brokers = Option(
    "b", "brokers", .value("HOST[:PORT],…"), summary: "bootstrap servers", default: "$KAVKA_BROKERS or localhost",
    details: """
      The servers to ask for the cluster's brokers first. Any of them will do; the others stand in for one that is down. \
      An IPv6 address with a port has brackets: [::1]:9092. Without the option, $KAVKA_BROKERS says it, and without that \
      it is localhost:9092.
      """)
  /// The same where the long name means something else.
  package static let brokersByLetter = Option(
    "b", nil, brokers.form, summary: brokers.summary, default: brokers.defaultValue,
    details: brokers.details)
  package static let timeout = Option(
    nil, "timeout", .value("DURATION"), summary: "time allowed", default: "30s",
    details: """
      For the whole command where it ends by itself, such as offsets and metadata, otherwise for each request. \
      Durations are written like 500ms, 10s, 5m and 1h30m.
      """)
  package static let ipv4 = Option("4", nil, summary: "connect to IPv4 addresses only")
  package static let ipv6 = Option("6", nil, summary: "connect to IPv6 addresses only")
  package static let clientID = Option(
    nil, "client-id", .value("NAME"), summary: "name for the brokers' logs and quotas", default: "kavka")
  package static let quiet = Option("q", nil, summary: "no progress and no notes, only errors")
  package static let verbose = Option("v", nil, summary: "show each retry with its cause")
  package static let help = Option(nil, "help", summary: "this text")

  static let connection = [brokers, timeout, ipv4, ipv6, clientID, quiet, verbose, help]
  static let connectionByLetter = [brokersByLetter, timeout, ipv4, ipv6, clientID, quiet, verbose, help]
}
