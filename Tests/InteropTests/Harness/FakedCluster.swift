import TestHarness

/// An in-memory cluster of another implementation, with faults that are switched by HTTP.
struct FakedCluster: BootstrapServers {
  let bootstrapServers: String
  private let control: String
  private let server: RunningProcess

  init(_ options: [String]) async throws {
    guard let kfaked = Programs.kfaked else { throw Failure("kfaked is not there") }
    server = try RunningProcess.server(kfaked, options)
    let line = try await server.output(containing: "\n")
    let words = line.split(whereSeparator: \.isWhitespace)
    guard words.count >= 2, words[1].hasPrefix("control=") else { throw Failure("kfaked says \(line)") }
    bootstrapServers = String(words[0])
    control = String(words[1].dropFirst("control=".count))
  }

  /// Calls the control address, such as `/move?topic=t&partition=0&node=2`, and returns the answer's body.
  @discardableResult
  func call(_ path: String) async throws -> String {
    let script = #"exec 3<>"/dev/tcp/${1%:*}/${1##*:}"; printf 'GET %s HTTP/1.0\r\n\r\n' "$2" >&3; cat <&3"#
    let result = try await RunningProcess("bash", ["-c", script, "get", control, path]).end(within: .seconds(10))
    guard result.text.contains(" 200 "), let body = result.text.firstRange(of: "\r\n\r\n") else {
      throw Failure("\(path): \(result)")
    }
    return String(result.text[body.upperBound...])
  }
}
