/// Runs kcat, a client that shares no code with this package, against a cluster.
package struct Kcat {
  package let bootstrapServers: String
  private let options: [String]

  /// - Parameter versionBefore010: That of brokers before 0.10, which cannot be asked for it.
  package init(bootstrapServers: String, versionBefore010 version: String? = nil) {
    self.bootstrapServers = bootstrapServers
    options =
      ["-b", bootstrapServers]
      + (version.map { ["-X", "api.version.request=false", "-X", "broker.version.fallback=\($0)"] } ?? [])
  }

  package func produce(_ input: [UInt8], to topic: String, _ options: [String] = []) async throws {
    _ = try await run(["-P", "-t", topic] + options, input: input)
  }

  package func consume(_ topic: String, _ options: [String] = []) async throws -> [UInt8] {
    try await run(["-C", "-t", topic, "-e", "-q", "-o", "beginning"] + options).output
  }

  package func run(_ arguments: [String], input: [UInt8] = []) async throws -> ProcessResult {
    guard let kcat = Programs.kcat else { throw Failure("kcat is not installed") }
    let process = try RunningProcess(kcat, options + arguments, input: input)
    let result = await process.end()
    guard result.succeeded else { throw Failure("kcat \(arguments): \(result)") }
    return result
  }
}
