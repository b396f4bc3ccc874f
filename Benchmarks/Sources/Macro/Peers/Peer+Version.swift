extension Peer {
  /// Its name and version, as far as it tells: `kcat 1.7.1 with librdkafka 2.0.2`.
  func version(_ folder: TemporaryFolder) -> String {
    guard program != .franzGo else { return label }
    let file = folder.file("version")
    let command = Command(program: path, arguments: [program == .kcat ? "-V" : "--version"], output: .file(file))
    guard let process = try? ChildProcess(command, errorFile: folder.file("errors")), (try? process.usage()) != nil,
      let text = try? TextFile.contents(of: file)
    else { return label }
    let words = text.split { $0.isWhitespace || $0 == "(" || $0 == "," }
    func word(after name: String) -> Substring? {
      guard let place = words.firstIndex(of: Substring(name)), place + 1 < words.count else { return nil }
      return words[place + 1]
    }
    let own = word(after: program == .kcat ? "Version" : "kavka").map { " \($0)" } ?? ""
    return label + own + (word(after: "librdkafka").map { " with librdkafka \($0)" } ?? "")
  }
}
