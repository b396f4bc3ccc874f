import Foundation
import TestHarness

/// A cluster of real Kafka on loopback. It goes away with its last reference, or with the process of the tests, however
/// that ends.
final class KafkaCluster: BootstrapServers {
  let release: InstalledKafka
  let bootstrapServers: String
  /// The address of ZooKeeper, where the release has it.
  let zooKeeper: String
  private let directory: String
  private let keeper: RunningProcess

  /// Runs the script's `start`, and cleans up when its input ends: that is when this process has gone.
  private static let keeperScript = """
    script=$1 directory=$2; shift 2
    { "$script" "$@" || echo failed; } &
    cat >/dev/null
    kill %1 2>/dev/null
    "$script" kill -d "$directory" 2>/dev/null
    rm -rf "$directory"
    """

  init(_ release: InstalledKafka, nodes: Int) async throws {
    self.release = release
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("kavka-\(UUID().uuidString)").path
    let port = try FreePorts.base(nodes: nodes)
    zooKeeper = "127.0.0.1:\(port)"
    let start = ["start"] + release.scriptArguments + ["-n", "\(nodes)", "-d", directory, "-p", "\(port)"]
    keeper = try RunningProcess(
      "bash", ["-c", Self.keeperScript, "keeper", release.clusterScript, directory] + start, input: nil,
      endsByItself: true)
    let output = try await keeper.output(containing: "\n", within: .seconds(120))
    guard output.hasPrefix("127.0.0.1:") else {
      throw Failure("Kafka \(release.version) did not start: \(try await keeper.errors(containing: "\n"))")
    }
    bootstrapServers = output.split(separator: "\n")[0].description
    if !release.version.isAtLeast(0, 10) { KafkaClusters.note(beforeVersions: bootstrapServers) }
  }

  /// Ends a node as if its power had failed.
  func kill(node: Int) async throws { try await script("kill", node) }

  /// Starts a node that has ended, with the data that it had, and waits for it.
  func restart(node: Int) async throws { try await script("restart", node) }

  /// Ends all nodes and removes their data.
  func stop() async {
    await keeper.closeInput()
    _ = await keeper.end()
  }

  private func script(_ command: String, _ node: Int) async throws {
    let process = try RunningProcess(release.clusterScript, [command, "-d", directory, "\(node)"])
    let result = await process.end(within: .seconds(100))
    guard result.succeeded else { throw Failure("\(command) of node \(node): \(result)") }
  }
}

extension Kcat {
  init(_ cluster: KafkaCluster) {
    let version = cluster.release.version
    self.init(
      bootstrapServers: cluster.bootstrapServers, versionBefore010: version.isAtLeast(0, 10) ? nil : "\(version)")
  }
}
