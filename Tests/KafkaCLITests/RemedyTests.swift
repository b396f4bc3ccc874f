import KafkaClient
import KafkaMockBroker
import KafkaProtocol
import Testing

@testable import KafkaCLI

@Suite("What a command says may be done about a failure")
struct RemedyTests {
  @Test(
    "it names the options for it",
    arguments: [
      ("consume -e nosuch", "check the name, or create the topic (kavka produce --create-topic)"),
      ("consume -e -o 50 t", "see kavka offsets, or use --on-reset earliest"),
      ("consume -e damaged", "leave it out with --skip-corrupt, or read on behind it with -o"),
    ])
  func options(line: String, hint: String) throws {
    try simulateCommands(topics: ["t": 1, "damaged": 1]) { simulation in
      for topic in ["t", "damaged"] { try await simulation.cluster.append([MockRecord(value: "a")], to: topic) }
      await simulation.cluster.damageRecords(of: "damaged", partition: 0, at: 0)
      let run = try await simulation.run(line)
      #expect(run.status == .refused)
      #expect(run.messages.last?.hasSuffix(hint) == true, "\(run.messages)")
    }
  }

  @Test("what is no matter of options is said as the client says it")
  func others() {
    let error = KafkaError(ErrorCode.leaderNotAvailable)
    #expect("\(error.inCommandTerms)" == "\(error)")
    let late = KafkaError(ErrorCode.notEnoughReplicas).inCommandTerms
    #expect(late.hint?.hasSuffix("use --acks 1") == true)
  }

  @Test(
    "a broker's code decides the status",
    arguments: [
      (29, .denied), (30, .denied), (31, .denied), (53, .denied), (65, .denied), (33, .denied), (34, .denied),
      (58, .denied), (7, .unreachable), (3, .refused), (10, .refused), (-1, .refused),
    ] as [(Int16, KafkaCLI.ExitStatus)])
  func status(number: Int16, status: KafkaCLI.ExitStatus) {
    #expect(ExitStatus(KafkaError(.broker(number), "")) == status)
  }
}
