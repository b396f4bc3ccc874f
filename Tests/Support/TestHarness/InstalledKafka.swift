import Foundation

/// An Apache Kafka release on this machine.
package struct InstalledKafka: Hashable, Sendable {
  package var version: KafkaVersion
  /// The folder whose `libs` holds the jars.
  package var home: String
  /// What starts, kills and restarts its nodes.
  package var clusterScript: String
  /// Whether it is a release as it is downloaded, which our own script starts.
  package var isUnpacked: Bool

  /// The arguments that name it when the script starts a cluster.
  package var scriptArguments: [String] { isUnpacked ? ["-h", home, "-v", "\(version)"] : ["-v", "\(version)"] }

  // MARK: Finding releases

  /// The releases of `$KAVKA_TEST_KAFKA`, else `../shared/kafka`, oldest first; empty where there are none, or no Java.
  package static let installed: [InstalledKafka] = {
    guard Programs.java != nil else { return [] }
    let environment = ProcessInfo.processInfo.environment
    let root = environment["KAVKA_TEST_KAFKA"] ?? "\(Programs.packageRoot)/../shared/kafka"
    let others = (environment["KAFKA_HOMES"] ?? "").split(separator: " ").map(String.init)
    let found = releases(in: URL(fileURLWithPath: root).standardized.path, others: others)
    if found.isEmpty { print("no Kafka release in \(root): what needs one is skipped") }
    return found
  }()

  /// The folder of the script that comes with this.
  private static let ownFiles = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path

  /// What a folder has: a `cluster` script with a folder for each version beside it, one unpacked release as it is
  /// downloaded, or a folder for each of several.
  package static func releases(in root: String, others: [String] = []) -> [InstalledKafka] {
    let children = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).map { "\(root)/\($0)" }
    let script = "\(root)/cluster"
    let hasScript = FileManager.default.isExecutableFile(atPath: script)
    let homes = hasScript ? children + others : [root] + children
    return homes.compactMap { home in
      guard let version = version(ofJarsIn: home) else { return nil }
      return InstalledKafka(
        version: version, home: home, clusterScript: hasScript ? script : "\(ownFiles)/release-cluster",
        isUnpacked: !hasScript)
    }.sorted { $0.version < $1.version }
  }

  /// From the name of the broker's jar, such as `kafka_2.13-3.9.2.jar`: the first version is Scala's.
  private static func version(ofJarsIn home: String) -> KafkaVersion? {
    let jars = (try? FileManager.default.contentsOfDirectory(atPath: "\(home)/libs")) ?? []
    return jars.lazy.compactMap { jar -> KafkaVersion? in
      guard jar.hasPrefix("kafka_2."), jar.hasSuffix(".jar"), let dash = jar.firstIndex(of: "-") else { return nil }
      return KafkaVersion(jar[jar.index(after: dash)...].dropLast(4))
    }.first
  }

  // MARK: What it can do

  package var hasKRaft: Bool { version.isAtLeast(3, 3) }
  package var hasHeaders: Bool { version.isAtLeast(0, 11) }
  package var hasTimestamps: Bool { version.isAtLeast(0, 10) }
  package var hasTimeIndex: Bool { version.isAtLeast(0, 10, 1) }
  package var hasIdempotence: Bool { version.isAtLeast(0, 11) }
  package var createsTopicsOnRequest: Bool { version.isAtLeast(0, 10, 1) }

  /// The codecs that its brokers take from a producer.
  package var codecs: [String] {
    ["none", "gzip", "snappy"] + (version.isAtLeast(0, 8, 2) ? ["lz4"] : []) + (version.isAtLeast(2, 1) ? ["zstd"] : [])
  }
}
