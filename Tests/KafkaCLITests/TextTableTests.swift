import Buffers
import Testing

@testable import KafkaCLI

@Suite("Tables")
struct TextTableTests {
  @Test("a row is one line with all fields, whatever a broker has sent", arguments: [false, true])
  func controlCharacters(isTerminal: Bool) {
    var table = TextTable(columns: [.init("HOST"), .init("PORT", .right)])
    table.append(["a\tb\nc", "9092"])
    table.append(["kräht", "1"])
    var output = BytesBuilder()
    table.append(to: &output, isTerminal: isTerminal)
    let lines = String(decoding: output.finish().array, as: UTF8.self).split(separator: "\n")
    #expect(
      lines == (isTerminal ? ["HOST     PORT", #"a\tb\nc  9092"#, "kräht       1"] : ["a\\tb\\nc\t9092", "kräht\t1"]))
  }
}
