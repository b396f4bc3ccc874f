import Foundation

/// Runs kcat, a client that shares no code with this package.
enum Kcat {
  struct Output {
    var status: Int32
    var standardOutput: String
    var standardError: String
  }

  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    let found = folders.map { "\($0)/kcat" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    if found == nil { print("kcat is not installed: its tests are skipped") }
    return found
  }()

  static var isInstalled: Bool { path != nil }

  /// Runs it to its end, at most half a minute, without holding a thread.
  static func run(_ arguments: [String], input: String = "") async throws -> Output {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kcat-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
    try Data(input.utf8).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // librdkafka waits as long as it is told to for brokers that do not answer.
    process.arguments = ["timeout", "30", path ?? "kcat"] + arguments
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
    return Output(
      status: status, standardOutput: try String(contentsOf: files[1], encoding: .utf8),
      standardError: try String(contentsOf: files[2], encoding: .utf8))
  }
}
