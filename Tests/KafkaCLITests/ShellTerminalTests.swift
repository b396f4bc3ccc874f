import Dispatch
import Glibc
import KafkaMockBroker
import Testing

@testable import KafkaCLI

@Suite("The shell at a terminal", .timeLimit(.minutes(2)))
struct ShellTerminalTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Runs `body` with a shell at a terminal, on a thread of its own as it waits without the task giving way.
  private func withShell(
    on brokers: String, output: String? = nil, _ body: @escaping @Sendable (ShellTerminal) throws -> Void
  ) async throws {
    let state = directory.path
    let result: Result<Void, any Error> = await withCheckedContinuation { continuation in
      DispatchQueue(label: "terminal").async {
        continuation.resume(
          returning: Result { try body(try ShellTerminal(["-b", brokers], state: state, output: output)) })
      }
    }
    try result.get()
  }

  private static func prompt(_ cluster: MockCluster, _ topic: String = "") -> String {
    "kavka \(cluster.bootstrap[0])\(topic)> "
  }

  @Test("commands are typed at a prompt that shows the topic in use, and remembered")
  func session() async throws {
    try await withMockCluster(topics: ["orders": 1, "users": 1]) { cluster in
      let prompt = Self.prompt(cluster)
      let promptOfOrders = Self.prompt(cluster, "/orders")
      try await withShell(on: cluster.bootstrapServers) { shell in
        try shell.wait(for: prompt)
        shell.type("metadata --topics\r")
        try shell.wait(for: "\r\norders\r\nusers\r\n\(prompt)")
        shell.type("use orders\r")
        try shell.wait(for: "\r\n\(promptOfOrders)")
        shell.type("produce\r")
        try shell.wait(for: "produce\r\n")
        try shell.waitForLines()
        shell.type("hello\nworld\n\u{4}")
        try shell.wait(for: "kavka: acknowledged 2, failed 0, unknown 0\r\n\(promptOfOrders)")
        shell.type(" consume -e\r")
        try shell.wait(for: "\r\nhello\r\nworld\r\n\(promptOfOrders)")
        shell.type("nosuch\r")
        try shell.wait(for: "kavka: unknown command 'nosuch'; help lists the commands\r\n\(promptOfOrders)")
        shell.type("\u{4}")
        #expect(try shell.waitForEnd() == 0)
      }
      #expect(
        directory.contents(of: "kavka/history") == "metadata --topics\nuse orders\nproduce\nnosuch\n")
    }
  }

  @Test("what deletes asks for a name, which Ctrl-C and another name refuse, and groups are completed")
  func deletion() async throws {
    try await withMockCluster(topics: ["orders": 2]) { cluster in
      let prompt = Self.prompt(cluster)
      for partition: Int32 in 0..<2 { await cluster.commit(3, for: "billing", topic: "orders", partition: partition) }
      try await withShell(on: cluster.bootstrapServers) { shell in
        try shell.wait(for: prompt)
        let question = "of group billing? type the name of the group: "
        shell.type("offsets delete -G bil\torders:0\r")
        try shell.wait(for: "offsets delete -G billing orders:0\r\n")
        try shell.wait(for: "delete 1 offset \(question)")
        shell.type("\u{3}")
        try shell.wait(for: prompt)
        shell.type("offsets delete -G billing orders\r")
        try shell.wait(for: "delete 2 offsets \(question)")
        shell.type("mail\r")
        try shell.wait(for: "kavka: that is not the name of the group: nothing was deleted\r\n\(prompt)")
        shell.type("offsets delete -G billing orders:1\r")
        try shell.wait(for: "delete 1 offset \(question)")
        shell.type("billing\r")
        try shell.wait(for: "orders          1       3      -\r\n\(prompt)")
        shell.type("exit\r")
        #expect(try shell.waitForEnd() == 0)
      }
      #expect(await cluster.committedOffsets(of: "billing") == ["orders": [0: 3]])
    }
  }

  @Test("a line of an earlier session is called back, and one is completed")
  func lineEditing() async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      let prompt = Self.prompt(cluster)
      try await withShell(on: cluster.bootstrapServers) { shell in
        try shell.wait(for: prompt)
        shell.type("offsets orders\rexit\r")
        _ = try shell.waitForEnd()
      }
      try await withShell(on: cluster.bootstrapServers) { shell in
        try shell.wait(for: prompt)
        shell.type("\u{10}\u{10}\r")
        try shell.wait(for: "offsets orders\r\n")
        try shell.wait(for: prompt)
        shell.type("offs\tor\t --at late\t\r")
        try shell.wait(for: "offsets orders  --at latest \r\ntopic")
        try shell.wait(for: prompt)
      }
    }
  }

  @Test("Ctrl-C drops a line that is being typed, and ends a command, but not the shell")
  func controlC() async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      try await cluster.append([MockRecord(value: Array("first".utf8))], to: "orders")
      let prompt = Self.prompt(cluster)
      try await withShell(on: cluster.bootstrapServers) { shell in
        try shell.wait(for: prompt)
        shell.type("half a line")
        try shell.wait(for: "half a line")
        shell.type("\u{3}")
        try shell.wait(for: "^C\r\n\(prompt)")
        for _ in 1...3 {
          shell.type("consume orders\r")
          try shell.wait(for: "\r\nfirst\r\n")
          shell.type("\u{3}")
          try shell.wait(for: prompt)
        }
        shell.type("consume orders | cat\r")
        try shell.wait(for: "\r\nfirst\r\n")
        shell.type("\u{3}")
        try shell.wait(for: prompt)
        shell.type("metadata --topics\r")
        try shell.wait(for: "\r\norders\r\n\(prompt)")
      }
    }
  }

  @Test("Ctrl-C ends a command that waits for a broker within 0.3 s", arguments: ["metadata", "consume orders"])
  func controlCWithoutBroker(command: String) async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      await cluster.inject(.noAnswer)
      let prompt = Self.prompt(cluster)
      try await withShell(on: cluster.bootstrapServers) { shell in
        try shell.wait(for: prompt)
        shell.type("\(command)\r")
        try shell.wait(for: "\(command)\r\n")
        let clock = ContinuousClock()
        let duration = try clock.measure {
          shell.type("\u{3}")
          try shell.wait(for: prompt)
        }
        // The rest is for a machine that has other things to do.
        #expect(duration < .seconds(2))
      }
    }
  }

  @Test("a signal ends the shell at its prompt", arguments: [SIGTERM, SIGHUP])
  func signalled(signal: Int32) async throws {
    try await withShell(on: "127.0.0.1:1") { shell in
      try shell.wait(for: "kavka 127.0.0.1:1> ")
      shell.send(signal)
      #expect(try shell.waitForEnd() & 0x7F == signal)
    }
  }

  @Test("data goes to a file without prompts, which the terminal shows")
  func outputToFile() async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      let prompt = Self.prompt(cluster)
      let output = directory.file("output")
      try await withShell(on: cluster.bootstrapServers, output: output) { shell in
        try shell.wait(for: prompt)
        shell.type("metadata --topics\r")
        try shell.wait(for: prompt)
        shell.type("exit\r")
        #expect(try shell.waitForEnd() == 0)
      }
      #expect(directory.contents(of: "output") == "orders\n")
    }
  }
}
