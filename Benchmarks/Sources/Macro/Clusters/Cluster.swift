import Glibc
import TestHarness

/// A running cluster on loopback, which ends with its last reference.
final class Cluster {
  let kind: ClusterKind
  let brokers: Int
  let servers: String
  /// The process of a cluster that has but one.
  let processID: pid_t?
  private let keeper: Keeper
  /// The topics that were filled, by what is in them.
  var filled: [Production: String] = [:]
  private var topicCount = 0

  private init(_ kind: ClusterKind, brokers: Int, servers: String, processID: pid_t?, keeper: Keeper) {
    self.kind = kind
    self.brokers = brokers
    self.servers = servers
    self.processID = processID
    self.keeper = keeper
  }

  /// A name of a topic that was not used before.
  func newTopicName() -> String {
    topicCount += 1
    return "benchmark-\(topicCount)"
  }

  func stop() { keeper.stop() }

  // MARK: Starting

  /// Starts a program that prints its bootstrap servers first.
  static func start(_ kind: ClusterKind, brokers: Int, program: String, _ arguments: [String], errorFile: String)
    throws -> Cluster
  {
    let script = "\"$@\" & echo $!; cat >/dev/null; kill -9 $!"
    let keeper = try Keeper(script: script, arguments: [program] + arguments, errorFile: errorFile)
    let lines = [try keeper.line(within: 20), try keeper.line(within: 20)]
    guard let processID = lines.lazy.compactMap({ pid_t($0) }).first,
      let servers = lines.first(where: { $0.contains(":") })?.split(separator: " ").first
    else { throw Failure("\(program) does not start: \(lines)") }
    return Cluster(kind, brokers: brokers, servers: String(servers), processID: processID, keeper: keeper)
  }

  /// Starts Apache Kafka, whose data is removed at its end.
  static func start(_ release: InstalledKafka, brokers: Int, folder: String, errorFile: String) throws -> Cluster {
    let script = """
      script=$1 directory=$2; shift 2
      { "$script" "$@" || echo failed; } &
      cat >/dev/null
      kill $! 2>/dev/null
      "$script" kill -d "$directory" 2>/dev/null
      rm -rf "$directory"
      """
    let port = try FreePorts.base(nodes: brokers)
    let start = ["start"] + release.scriptArguments + ["-n", "\(brokers)", "-d", folder, "-p", "\(port)"]
    let keeper = try Keeper(script: script, arguments: [release.clusterScript, folder] + start, errorFile: errorFile)
    let servers = try keeper.line(within: 120)
    guard servers.hasPrefix("127.0.0.1:") else { throw Failure("Kafka \(release.version) does not start") }
    return Cluster(.kafka, brokers: brokers, servers: servers, processID: nil, keeper: keeper)
  }
}
