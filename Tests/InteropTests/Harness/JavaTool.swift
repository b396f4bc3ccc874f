import Foundation
import TestHarness

/// A program among the jars of Kafka.
struct JavaTool {
  /// Of the release that it comes from.
  let version: KafkaVersion
  private let home: String
  private let mainClass: String
  /// The folder of the files that this brings along.
  private static let files = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path

  /// Finds the first of some classes in a release, else in the next newer one that is installed and has any of them.
  init(_ classes: [String], for release: InstalledKafka) throws {
    for candidate in [release] + InstalledKafka.installed.filter({ $0.version > release.version }) {
      guard let found = classes.first(where: { Self.has($0, in: candidate) }) else { continue }
      version = candidate.version
      home = candidate.home
      mainClass = found.replacing("/", with: ".")
      return
    }
    throw Failure("no \(classes) in Kafka \(release.version) or a newer release")
  }

  func run(_ arguments: [String], input: [UInt8] = []) async throws -> ProcessResult {
    let result = try await start(arguments, input: input).end()
    guard result.succeeded else { throw Failure("\(mainClass) of \(version) \(arguments): \(result)") }
    return result
  }

  func start(_ arguments: [String], input: [UInt8] = []) throws -> RunningProcess {
    // Older producers read and write text in the encoding of the locale, whatever that is here.
    let options = [
      "-Dfile.encoding=UTF-8", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
      "-Dlog4j.configuration=file:\(Self.files)/log4j.properties",
      "-Dlog4j2.configurationFile=\(Self.files)/log4j2.properties",
    ]
    guard let java = Programs.java else { throw Failure("java is not installed") }
    return try RunningProcess(java, options + ["-cp", "\(home)/libs/*", mainClass] + arguments, input: input)
  }

  // MARK: Looking into jars

  private static func has(_ name: String, in release: InstalledKafka) -> Bool {
    let jars = (try? FileManager.default.contentsOfDirectory(atPath: "\(release.home)/libs")) ?? []
    return jars.contains { jar in
      guard jar.hasPrefix("kafka_2.") || jar.hasPrefix("kafka-tools-") else { return false }
      // A jar ends with a directory in which names are stored as they are.
      let bytes = try? Data(contentsOf: URL(fileURLWithPath: "\(release.home)/libs/\(jar)"), options: .alwaysMapped)
      return bytes?.range(of: Data("\(name).class".utf8)) != nil
    }
  }
}
