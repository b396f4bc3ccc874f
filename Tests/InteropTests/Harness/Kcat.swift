/// Runs kcat, a client that shares no code with this package, against a cluster of a release.
struct Kcat {
  let bootstrapServers: String
  private let versionOptions: [String]

  init(_ cluster: KafkaCluster) {
    bootstrapServers = cluster.bootstrapServers
    // Before 0.10 a broker cannot be asked for its versions.
    versionOptions =
      cluster.release.version.isAtLeast(0, 10)
      ? [] : ["-X", "api.version.request=false", "-X", "broker.version.fallback=\(cluster.release.version)"]
  }

  init(bootstrapServers: String) {
    self.bootstrapServers = bootstrapServers
    versionOptions = []
  }

  func produce(_ input: [UInt8], to topic: String, _ options: [String] = []) async throws {
    _ = try await run(["-P", "-t", topic] + options, input: input)
  }

  func consume(_ topic: String, _ options: [String] = []) async throws -> [UInt8] {
    try await run(["-C", "-t", topic, "-e", "-q", "-o", "beginning"] + options).output
  }

  func run(_ arguments: [String], input: [UInt8] = []) async throws -> ProcessResult {
    guard let kcat = Programs.kcat else { throw Failure("kcat is not installed") }
    let process = try RunningProcess(kcat, ["-b", bootstrapServers] + versionOptions + arguments, input: input)
    let result = await process.end()
    guard result.succeeded else { throw Failure("kcat \(arguments): \(result)") }
    return result
  }
}
