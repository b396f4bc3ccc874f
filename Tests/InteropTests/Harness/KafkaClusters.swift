/// One cluster of each release for the whole run, started when a test first wants it.
actor KafkaClusters {
  private static let shared = KafkaClusters()
  private var starting: [KafkaRelease: Task<KafkaCluster, any Error>] = [:]

  /// The cluster that tests share by using topics of their own: three nodes of the newest release, else one.
  static func cluster(of release: KafkaRelease) async throws -> KafkaCluster {
    try await shared.started(release).value
  }

  private func started(_ release: KafkaRelease) -> Task<KafkaCluster, any Error> {
    if let task = starting[release] { return task }
    let nodes = release == KafkaRelease.installed.last && release.hasKRaft ? 3 : 1
    let task = Task { try await KafkaCluster(release, nodes: nodes) }
    starting[release] = task
    return task
  }
}
