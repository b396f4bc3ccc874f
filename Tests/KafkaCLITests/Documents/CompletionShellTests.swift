import KafkaCLI
import KafkaMockBroker
import TestHarness
import Testing

@Suite("Completion in the shells that it is for")
struct CompletionShellTests {
  /// Command lines, and what is offered for their last words.
  private static let lines: [(line: String, offered: [String])] = [
    ("kavka con", ["consume"]), ("kavka consume ord", ["orders", "orders-copy"]),
    ("kavka produce -z zs", ["zstd"]), ("kavka offsets res", ["reset"]), ("kavka consume --isol", ["--isolation"]),
  ]

  /// Gives the cluster more time than somebody at a prompt would: many tests run at once.
  private static let patiently = "sed 's/--timeout 300ms/--timeout 20s/'"

  private func offered(
    _ line: String, in shell: String, brokers: String, patience: String = patiently
  ) async throws -> [String] {
    let script = try ShellScript(brokers: brokers)
    let result: ProcessResult
    switch shell {
    case "fish":
      result = try await script.run(
        "kavka completion fish | \(patience) | source; complete -C'\(line)'", by: ["fish", "-c"])
    default:
      result = try await script.run(
        """
        source <(kavka completion bash | \(patience))
        compopt() { :; }
        COMP_WORDS=(\(line)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _kavka; ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' "${COMPREPLY[@]}"
        """, by: ["bash", "-c"])
    }
    #expect(result.succeeded, "\(line): \(result)")
    return result.text.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
  }

  @Test("commands, options, values and topics are offered", arguments: ["bash", "fish"])
  func offers(shell: String) async throws {
    guard Programs.has(shell) else { return }
    try await withMockCluster(topics: ["orders": 1, "orders-copy": 1, "users": 1]) { cluster in
      for (line, expected) in Self.lines {
        let words = try await offered(line, in: shell, brokers: cluster.bootstrapServers)
        #expect(words.sorted() == expected, "\(shell): \(line)")
      }
    }
  }

  @Test("a broker that cannot be reached does not hold the prompt", arguments: ["bash", "fish"])
  func deadBroker(shell: String) async throws {
    guard Programs.has(shell) else { return }
    #expect(try await offered("kavka consume ord", in: shell, brokers: "127.0.0.1:1", patience: "cat") == [])
    for shell in ["bash", "zsh", "fish"] {
      let script = try ShellScript(brokers: "127.0.0.1:1")
      #expect(try await script.run("kavka completion \(shell)").text.contains("--timeout 300ms"))
    }
  }

  @Test(
    "zsh completes what is typed at its prompt",
    arguments: [
      ("con", "consume"), ("consume orders-", "orders-copy"), ("produce -z zs", "zstd"),
      ("consume --isol", "--isolation"), ("offsets res", "reset"),
    ])
  func zsh(typed: String, completed: String) async throws {
    guard Programs.has("zsh") else { return }
    try await withMockCluster(topics: ["orders": 1, "orders-copy": 1]) { cluster in
      let script = try ShellScript(brokers: cluster.bootstrapServers)
      // The shell in the terminal shows what it adds to the line; the one outside types and looks.
      let result = try await script.run(
        """
        zmodload zsh/zpty
        kavka completion zsh | \(Self.patiently) > _kavka
        zpty typist zsh -f -i
        zpty -w typist "PS1=; setopt nobeep; fpath=($PWD \\$fpath); autoload -Uz compinit; compinit -u -D; echo rea''dy"
        zpty -r typist output '*ready*'
        zpty -w -n typist $'kavka \(typed)\t'
        zpty -r typist output '*\(completed)*' && print -r -- $output
        zpty -d typist
        """, by: ["zsh", "-f", "-c"])
      #expect(result.text.contains(completed), "\(typed): \(result)")
    }
  }
}
