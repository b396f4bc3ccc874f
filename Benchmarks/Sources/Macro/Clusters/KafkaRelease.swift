/// Apache Kafka on this machine: the newest release of `$KAVKA_TEST_KAFKA`, else of `../shared/kafka`.
struct KafkaRelease {
  let version: String
  private let home: String
  let clusterScript: String
  private let isUnpacked: Bool

  /// The arguments that name it when the script starts a cluster.
  var scriptArguments: [String] { isUnpacked ? ["-h", home, "-v", version] : ["-v", version] }

  /// - Returns: `nil`, and a line that says so, where there is no release with KRaft, or no Java.
  static func newest() -> KafkaRelease? {
    let root = Peers.variable("KAVKA_TEST_KAFKA") ?? "\(Peers.projectRoot)/../shared/kafka"
    let hasScript = TextFile.isExecutable("\(root)/cluster")
    let children = TemporaryFolder.names(in: root).map { "\(root)/\($0)" }
    let releases = (hasScript ? children : [root] + children).compactMap { home -> KafkaRelease? in
      guard let version = version(ofJarsIn: home) else { return nil }
      let script = hasScript ? "\(root)/cluster" : "\(Peers.projectRoot)/Tests/InteropTests/Harness/release-cluster"
      return KafkaRelease(version: version, home: home, clusterScript: script, isUnpacked: !hasScript)
    }
    let newest = releases.max { numbers($0.version).lexicographicallyPrecedes(numbers($1.version)) }
    guard let newest, !numbers(newest.version).lexicographicallyPrecedes([3, 3]) else {
      print("no Kafka in \(root): left out")
      return nil
    }
    guard Peers.found("java") != nil else {
      print("java is not installed: Kafka is left out")
      return nil
    }
    return newest
  }

  private static func numbers(_ version: String) -> [Int] { version.split(separator: ".").map { Int($0) ?? 0 } }

  /// From the name of the broker's jar, such as `kafka_2.13-3.9.2.jar`: the first version is Scala's.
  private static func version(ofJarsIn home: String) -> String? {
    for jar in TemporaryFolder.names(in: "\(home)/libs") where jar.hasPrefix("kafka_2.") && jar.hasSuffix(".jar") {
      guard let dash = jar.firstIndex(of: "-") else { continue }
      let version = jar[jar.index(after: dash)...].dropLast(4)
      // Others are sources and tests of it.
      if version.allSatisfy({ $0.isNumber || $0 == "." }) { return String(version) }
    }
    return nil
  }
}
