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
  package static let rack = Option(
    nil, "rack", .value("NAME"), summary: "where the client is, for near replicas",
    details:
      "The name that the cluster has for the place: consume then reads from replicas there, where brokers can (2.4).")
  package static let setting = Option(
    "X", nil, .value("KEY=VALUE"), completion: .choices(SettingCatalogue.completions), isRepeatable: true,
    summary: "a setting; -X list, -X dump show all",
    details: """
      Any setting by its name in librdkafka or in the Java client; again for more. -X list writes all that are known, with \
      their defaults; -X dump those in force for the rest of the command line, each with who said so. Other options win \
      over -X.
      """)
  package static let config = Option(
    "F", "config", .value("FILE"), completion: .file, summary: "settings from a properties file",
    details: """
      Otherwise $KAVKA_CONFIG, otherwise $XDG_CONFIG_HOME/kavka/config or ~/.config/kavka/config if it is there. The \
      settings are those of -X. What the file says is weaker than options and the environment.
      """)
  package static let profile = Option(
    nil, "profile", .value("NAME"), summary: "the file's section [profile NAME]", default: "$KAVKA_PROFILE",
    details: "What stands before the first section of the file holds too.")
  /// For the commands that may take long.
  package static let progress = Option(
    nil, "progress", summary: "tell how far it is on standard error",
    details: """
      Records, bytes, rates, and where an end is known the share that is done and the time left. A terminal has one line \
      that is rewritten, anything else gets a line every five seconds and one at the end. Without the option it is told \
      only to a terminal, while the data go to a file, or if the command has an end by itself, into a pipe; never with -q.
      """)
  package static let quiet = Option("q", nil, summary: "no progress and no notes, only errors")
  package static let verbose = Option("v", nil, summary: "show each retry with its cause")
  package static let debug = Option(
    "d", nil, .value("AREA[:LEVEL],…"), completion: .choices(DebugSelection.areaNames), isRepeatable: true,
    summary: "show what goes on there: protocol, all, …",
    details: """
      The areas are conn (connections, and what is known of the cluster), io (bytes on sockets), protocol (each request and \
      answer with version, number, size and time), group, producer (batches), consumer (places in partitions), and all. The \
      levels are info, debug and trace, or 1, 2 and 3; without one it is debug. Contents of records and secrets are never \
      shown. Without the option, $KAVKA_DEBUG says it.
      """)
  package static let help = Option(nil, "help", summary: "this text")

  static let connection = [brokers] + afterBrokers
  static let connectionByLetter = [brokersByLetter] + afterBrokers
  private static let afterBrokers = [
    timeout, ipv4, ipv6, clientID, rack, setting, config, profile, quiet, verbose, debug, help,
  ]
}
