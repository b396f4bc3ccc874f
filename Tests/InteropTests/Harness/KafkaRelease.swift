import Foundation
import Testing

/// An Apache Kafka release on this machine.
struct KafkaRelease: Hashable, CustomTestStringConvertible {
  var version: KafkaVersion
  /// The folder whose `libs` holds the jars.
  var home: String
  /// What starts, kills and restarts its nodes.
  var clusterScript: String
  /// Whether it is a release as it is downloaded, which our own script starts.
  var isUnpacked: Bool

  var testDescription: String { "Kafka \(version)" }

  /// The arguments that name it when the script starts a cluster.
  var scriptArguments: [String] { isUnpacked ? ["-h", home, "-v", "\(version)"] : ["-v", "\(version)"] }

  // MARK: Finding releases

  /// The releases of `$KAVKA_TEST_KAFKA`, else `../shared/kafka`, oldest first; empty where there are none, or no Java.
  static let installed: [KafkaRelease] = {
    guard Programs.java != nil else { return [] }
    let environment = ProcessInfo.processInfo.environment
    let root = environment["KAVKA_TEST_KAFKA"] ?? "\(Programs.packageRoot)/../shared/kafka"
    let others = (environment["KAFKA_HOMES"] ?? "").split(separator: " ").map(String.init)
    let found = releases(in: URL(fileURLWithPath: root).standardized.path, others: others)
    if found.isEmpty { print("no Kafka release in \(root): the tests against real Kafka are skipped") }
    return found
  }()

  /// What a folder has: a `cluster` script with a folder for each version beside it, one unpacked release as it is
  /// downloaded, or a folder for each of several.
  static func releases(in root: String, others: [String] = []) -> [KafkaRelease] {
    let children = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).map { "\(root)/\($0)" }
    let script = "\(root)/cluster"
    let hasScript = FileManager.default.isExecutableFile(atPath: script)
    let homes = hasScript ? children + others : [root] + children
    return homes.compactMap { home in
      guard let version = version(ofJarsIn: home) else { return nil }
      return KafkaRelease(
        version: version, home: home, clusterScript: hasScript ? script : "\(Programs.ownFiles)/release-cluster",
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

  var hasKRaft: Bool { version.isAtLeast(3, 3) }
  var hasHeaders: Bool { version.isAtLeast(0, 11) }
  var hasTimestamps: Bool { version.isAtLeast(0, 10) }
  var hasTimeIndex: Bool { version.isAtLeast(0, 10, 1) }
  var hasIdempotence: Bool { version.isAtLeast(0, 11) }
  var createsTopicsOnRequest: Bool { version.isAtLeast(0, 10, 1) }

  /// The codecs that its brokers take from a producer.
  var codecs: [String] {
    ["none", "gzip", "snappy"] + (version.isAtLeast(0, 8, 2) ? ["lz4"] : []) + (version.isAtLeast(2, 1) ? ["zstd"] : [])
  }
}
