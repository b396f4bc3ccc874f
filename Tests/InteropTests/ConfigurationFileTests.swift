import Foundation
import TestHarness
import Testing

/// The program with files that were written for other clients, and a cluster in memory.
@Suite("Configuration files", .timeLimit(.minutes(1)))
struct ConfigurationFileTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("kavka-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func file(_ text: String) throws -> String {
    let url = folder.appendingPathComponent("client.properties")
    try text.write(to: url, atomically: false, encoding: .utf8)
    return url.path
  }

  @Test("a file of the Java client steers produce and consume, with a line for what it cannot")
  func javaFile() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try file(
      """
      # The broker comes from $KAVKA_BROKERS, which counts before a file.
      bootstrap.servers=nowhere.invalid:1
      acks=all
      compression.type=lz4
      linger.ms = 20
      key.serializer=org.apache.kafka.common.serialization.StringSerializer
      schema.registry.url=http://localhost:8081
      isolation.level=read_uncommitted
      """)
    let script = #"echo hello | "$1" produce -F "$2" t && "$1" consume -e -F "$2" t"#
    let result = try await Kavka.run(["mock", "--topic", "t", "--", "sh", "-c", script, "sh", Programs.kavka, path])
    #expect(result.succeeded, "\(result)")
    #expect(result.text == "hello\n")
    let warning = "kavka: \(path):7: unknown setting 'schema.registry.url'; -X list lists them\n"
    #expect(result.errors == "\(warning)kavka: acknowledged 1, failed 0, unknown 0\n\(warning)")
  }

  @Test(
    "what cannot be honoured safely ends the program before it sends anything",
    arguments: [
      (["produce", "t", "-F", "FILE"], "security.protocol is not supported"),
      (["consume", "t", "-F", "FILE"], "security.protocol is not supported"),
      (["metadata", "-F", "FILE.not"], "No such file or directory"),
      (["metadata", "-F", "/dev/zero"], "File too large"), (["offsets", "t", "-F", "/"], "Is a directory"),
      (["produce", "t", "-X", "readonly=true"], "this would change the cluster"),
    ])
  func refused(arguments: [String], message: String) async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try file("security.protocol=SASL_SSL\nsasl.jaas.config=x required password=\"hunter2\";\n")
    let result = try await Kavka.run(arguments.map { $0.replacingOccurrences(of: "FILE", with: path) })
    #expect(result.end == .status(2), "\(result)")
    #expect(result.errors.contains(message) && result.errors.hasPrefix("kavka: "), "\(result)")
    #expect(result.errors.split(separator: "\n").count == 1 && !result.errors.contains("hunter2"))
    #expect(result.text.isEmpty)
  }

  @Test("-X dump ends well without a broker, and shows no secret")
  func dump() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try file("security.protocol=SASL_SSL\nsasl.jaas.config=x required password=\"hunter2\";\n")
    let result = try await Kavka.run(["consume", "-F", path, "-b", "nowhere.invalid", "-X", "dump"])
    #expect(result.succeeded && result.errors.isEmpty, "\(result)")
    #expect(result.lines.contains("bootstrap.servers\tnowhere.invalid\toption -b"))
    #expect(result.lines.contains("sasl.jaas.config\t***\t\(path):2"))
    #expect(!result.text.contains("hunter2"))
  }
}
