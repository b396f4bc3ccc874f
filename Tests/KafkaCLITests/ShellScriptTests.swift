import Glibc
import KafkaMockBroker
import TestHarness
import Testing

@testable import KafkaCLI

@Suite("Scripts for the shell", .timeLimit(.minutes(1)))
struct ShellScriptTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("a\nb\nc\n", to: "records")
  }

  @Test("all commands run, and lines with nothing to run are passed over")
  func commands() async throws {
    try await withMockCluster(topics: ["orders": 1, "users": 2]) { cluster in
      let run = try await ShellRun.of(
        """
        # A comment, and an empty line.

        produce orders \(directory.file("records"))
        consume -e orders
        use orders
        offsets
        consume -c 1
        metadata --topics
        """, on: cluster.bootstrapServers)
      #expect(run.status == .success)
      #expect(run.output == "a\nb\nc\norders\t0\t0\t3\na\norders\nusers\n")
      #expect(run.messages == "kavka: acknowledged 3, failed 0, unknown 0\n")
    }
  }

  @Test("commands of groups run, those of two words too, and the topic in use is not one of a group's")
  func groups() async throws {
    try await withMockCluster(topics: ["orders": 2]) { cluster in
      let run = try await ShellRun.of(
        """
        use orders
        offsets commit -G g orders:1=0
        offsets -G g
        offsets delete -G g orders
        offsets delete -G g orders --yes
        help offsets delete
        """, on: cluster.bootstrapServers)
      #expect(run.status == .refused)
      #expect(
        run.output.hasPrefix("orders\t1\t-\t0\norders\t1\t0\t0\t0\t\norders\t1\t0\t-\nUsage: kavka offsets delete"))
      #expect(run.messages == "kavka: line 4: 1 offset of group g would be deleted; add --yes\n")
    }
  }

  @Test("S28: commands share the connection that the first one made")
  func sharedConnection() async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      let run = try await ShellRun.of(
        "metadata --topics\nmetadata --topics\nmetadata --topics", on: cluster.bootstrapServers)
      #expect(run.output == "orders\norders\norders\n")
      #expect(await Set(cluster.requests().map(\.connection)).count == 1)
    }
  }

  @Test("S29: a program that output goes through has no connection of the session's, which outlasts it")
  func descriptorsOfChildren() async throws {
    let count = "cat > /dev/null; ls -l /proc/self/fd 2> /dev/null | grep -c socket: || true"
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      // In a process of its own: in that of the tests, sockets come and go.
      let run = try await ShellScript(brokers: cluster.bootstrapServers).run(
        """
        kavka shell <<'END'
        help | (\(count))
        metadata --topics
        metadata --topics | (\(count))
        metadata --topics | (kill -9 $$)
        metadata --topics
        END
        """)
      // Whoever runs the tests may have passed on sockets of his own.
      let lines = run.lines
      #expect(lines.count == 4 && lines[0] == lines[2] && lines[1] == "orders" && lines[3] == "orders", "\(run)")
      #expect(await Set(cluster.requests().map(\.connection)).count == 1)
    }
  }

  @Test("output goes to files and through programs, byte for byte")
  func redirection() async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      try await cluster.append(["b", "a"].map { MockRecord(value: Array($0.utf8)) }, to: "orders")
      let out = directory.file("with a blank")
      let run = try await ShellRun.of(
        """
        use orders
        consume -e > '\(out)'
        consume -c 1 >> "\(out)"
        consume -e | sort | tr ab AB
        consume | head -n 1
        metadata --topics | (exit 7)
        """, on: cluster.bootstrapServers)
      #expect(directory.contents(of: "with a blank") == "b\na\nb\n")
      #expect(run.output == "A\nB\nb\n")
      #expect(run.messages == "")
      #expect(run.status == .command(7))
    }
  }

  @Test("an error names its line, the script goes on, and the last one gives the status")
  func errors() async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      let run = try await ShellRun.of(
        """
        offsets nosuch

        offsets 'orders
        metadata --topics
        produce orders
        metadata > /nonexistent/file
        metadata --topics
        """, on: cluster.bootstrapServers)
      let messages = run.messages.split(separator: "\n")
      #expect(run.output == "orders\norders\n")
      #expect(messages.count == 6)
      #expect(messages[0].hasPrefix("kavka: line 1: nosuch: "))
      #expect(messages[1] == "kavka: line 3: the quote is not closed")
      #expect(messages[2] == "  offsets 'orders" && messages[3] == "          ^")
      #expect(messages[4].hasPrefix("kavka: line 5: produce: "))
      #expect(messages[5] == "kavka: line 6: /nonexistent/file: No such file or directory")
      #expect(run.status == .refused)
    }
  }

  @Test("exit ends the script with the status so far", arguments: ["exit", "quit"])
  func exit(command: String) async throws {
    let run = try await ShellRun.of("help\nnosuch\n\(command)\nhelp", on: "127.0.0.1:1")
    #expect(run.output == ShellHelp.overview)
    #expect(run.status == .usage)
  }

  @Test("a line that is longer than a mebibyte is refused, and the next one counts")
  func longLine() async throws {
    let run = try await ShellRun.of(String(repeating: "x", count: 3 << 20) + "\nhelp use", on: "127.0.0.1:1")
    #expect(run.messages == "kavka: line 1: the line is too long\n")
    #expect(run.output.hasPrefix("Usage: use"))
    #expect(run.status == .usage)
  }

  @Test("reading creates no topic, also after one was produced to")
  func noCreation() async throws {
    try await withMockCluster(topics: [:]) { cluster in
      let run = try await ShellRun.of(
        "produce made \(directory.file("records"))\nconsume -e nosuch\nuse nosuch", on: cluster.bootstrapServers)
      #expect(run.status == .refused)
      #expect(await cluster.topics == ["made"])
    }
  }

  @Test("a broker that is lost fails the command, and the next one connects again")
  func reconnects() async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      await cluster.inject(.noAnswer, into: .metadata, times: 1)
      let run = try await ShellRun.of(
        "metadata --topics --timeout 50ms\nmetadata --topics", on: cluster.bootstrapServers)
      #expect(run.output == "orders\n")
      #expect(run.messages.hasPrefix("kavka: line 1: "))
      #expect(run.status == .unreachable)
    }
  }

  @Test("Ctrl-C at a broker that does not answer ends the command, and nothing of it is seen afterwards")
  func interrupted() async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      let signals = try ShellSignals()
      await cluster.inject(.observe { _ in signals.deliver(SIGINT) }, into: .metadata, times: 1)
      await cluster.inject(.noAnswer, into: .metadata, times: 1)
      let run = try await ShellRun.of(
        "metadata --topics\nhelp use", on: cluster.bootstrapServers, isTyped: true, signals: signals)
      #expect(run.output.hasPrefix("Usage: use"))
      #expect(run.messages == "")
      #expect(run.status == .success)
    }
  }

  @Test("Ctrl-C ends a command that waits for records")
  func interruptedConsume() async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      try await cluster.append([MockRecord(value: Array("a".utf8))], to: "orders")
      let signals = try ShellSignals()
      // The second fetch waits for what comes.
      await cluster.inject(.observe { _ in signals.deliver(SIGINT) }, into: .fetch, times: 1)
      let run = try await ShellRun.of(
        "consume orders\nmetadata --topics", on: cluster.bootstrapServers, isTyped: true, signals: signals)
      #expect(run.output.hasSuffix("orders\n"))
      #expect(run.messages == "")
    }
  }

  @Test("a signal ends the script with its command", arguments: [SIGINT, SIGTERM, SIGHUP])
  func ended(signal: Int32) async throws {
    try await withMockCluster(topics: ["orders": 1]) { cluster in
      let signals = try ShellSignals()
      await cluster.inject(.observe { _ in signals.deliver(signal) }, into: .fetch, times: 1)
      let run = try await ShellRun.of(
        "consume orders\nmetadata --topics", on: cluster.bootstrapServers, signals: signals)
      #expect(run.status == .signal(signal))
      #expect(run.output == "")
    }
  }
}
