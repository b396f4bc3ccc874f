import Synchronization
import TestHarness

/// One cluster of each release for the whole run, started when a test first wants it.
actor KafkaClusters {
  private static let shared = KafkaClusters()
  private var starting: [InstalledKafka: Task<KafkaCluster, any Error>] = [:]

  /// The cluster that tests share by using topics of their own: three nodes of the newest release, else one.
  static func cluster(of release: InstalledKafka) async throws -> KafkaCluster {
    try await shared.started(release).value
  }

  /// The servers of clusters of releases before 0.10.
  private static let beforeVersions = Mutex<Set<String>>([])

  /// Takes note of a cluster whose brokers are disturbed by being asked for their versions.
  static func note(beforeVersions servers: String) { beforeVersions.withLock { _ = $0.insert(servers) } }

  static func areBeforeVersions(_ servers: String) -> Bool { beforeVersions.withLock { $0.contains(servers) } }

  private func started(_ release: InstalledKafka) -> Task<KafkaCluster, any Error> {
    if let task = starting[release] { return task }
    let nodes = release == InstalledKafka.installed.last && release.hasKRaft ? 3 : 1
    let task = Task { try await KafkaCluster(release, nodes: nodes) }
    starting[release] = task
    return task
  }
}
