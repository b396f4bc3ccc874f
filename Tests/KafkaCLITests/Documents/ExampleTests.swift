import KafkaCLI
import KafkaMockBroker
import TestHarness
import Testing

@Suite("Examples of help and manual")
struct ExampleTests {
  @Test("every example does what it says, against a cluster in memory", arguments: CommandTable.all.map(\.name))
  func examples(name: String) async throws {
    for example in try CommandTable.named(name).examples {
      let configuration = MockClusterConfiguration(brokers: 3, topics: ["orders": 6, "users": 1, "logs": 1])
      try await withMockCluster(configuration) { cluster in
        for number in 0..<3 {
          try await cluster.append(
            [MockRecord(key: "k\(number)", value: #"{"state":"new","number":\#(number)}"#)], to: "orders",
            partition: Int32(number))
        }
        for partition: Int32 in [0, 3] {
          await cluster.commit(0, for: "billing", topic: "orders", partition: partition)
        }
        let shell = try ShellScript(brokers: cluster.bootstrapServers)
        try shell.directory.write("one\ntwo\n", to: "app.log")
        for folder in ["man/man1", ".config/fish/completions"] { try shell.directory.makeDirectory(folder) }
        let line = example.line.replacing("kafka1,kafka2", with: cluster.bootstrapServers)
          .replacing("kafka1", with: cluster.bootstrapServers)
          .replacing("orders:0=1200", with: "orders:0=1")
          .replacing("/usr/local/share", with: shell.directory.path)
        // Written by the shell: a process that is being started beside this one would have a file of ours open for
        // writing for a moment, and what is open for writing cannot be run.
        let viewer = #"printf '#!/bin/sh\ngrep -q "^.TH KAVKA"\n' > bin/man; chmod +x bin/man"#
        let result = try await shell.run(
          "\(viewer); \(line)", by: ["bash", "-c"], interruptedAfter: example.endsByItself ? nil : 2)
        #expect(result.end == .status(example.endsByItself ? 0 : 124), "\(line): \(result)")
        #expect(!result.errors.contains("--help"), "\(line): \(result)")
      }
    }
  }
}
