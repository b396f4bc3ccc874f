import KafkaProtocol
import Testing

@testable import KafkaClient

@Suite("What may be done about a failure")
struct RemedyTests {
  @Test("it is said without the name and the options of any command", arguments: KafkaError.Remedy.allCases)
  func words(remedy: KafkaError.Remedy) {
    let words = "\(remedy)".split(separator: " ")
    #expect(!words.isEmpty)
    #expect(!words.contains { $0.hasPrefix("-") || $0.hasPrefix("kavka") }, "\(remedy)")
    #expect(KafkaError(.timedOut, "late", remedy: remedy).hint == "\(remedy)")
  }

  @Test("another hint takes its place")
  func replaced() {
    var error = KafkaError(ErrorCode.unknownTopicOrPartition)
    #expect(error.remedy == .createTopic)
    error.hint = "look again"
    #expect(error.remedy == nil)
    error.suggest(.beginAgain)
    #expect(error.remedy == .beginAgain && error.hint == "\(KafkaError.Remedy.beginAgain)")
    error.suggest(nil)
    #expect(error.hint == nil && error.remedy == nil)
  }

  @Test("too little memory is not taken for damage, which may be left out")
  func memory() {
    #expect(KafkaError.Code(RecordError.noMemory(.zstd)) == .outOfMemory)
    #expect(KafkaError.Code(RecordError.streamCutShort(.zstd)) == .corruptRecords)
    #expect("\(RecordError.noMemory(.zstd))" == "there is no memory for decompressing zstd")
  }

  @Test("a group is named once, whatever the reason begins with")
  func group() {
    let error = KafkaError(.timedOut, "group g: late").about(group: "g")
    #expect(error.group == "g")
    #expect(error.reason == "group g: group g: late")
    #expect(error.about(group: "g").reason == error.reason)
  }
}
