import Buffers
import KafkaCLI
import Testing

@Suite("Tables and reports")
struct ReportTests {
  private func report(_ line: String, _ rows: [OffsetsReport.Row], isTerminal: Bool = false) throws -> String {
    let words = ["offsets"] + line.split(separator: " ").map { Argument(String($0)) }
    guard case .offsets(let arguments) = try CommandLineParser.parse(words, environment: [:]) else {
      throw UsageError("not offsets")
    }
    var output = BytesBuilder()
    OffsetsReport(arguments).append(rows, to: &output, isTerminal: isTerminal)
    return String(decoding: output.finish().array, as: UTF8.self)
  }

  private let both = [
    OffsetsReport.Row(topic: "orders", partition: 0, offsets: [0, 17]),
    OffsetsReport.Row(topic: "orders", partition: 1, offsets: [5, nil]),
    OffsetsReport.Row(topic: "x", partition: 0, offsets: [1, 2]),
    OffsetsReport.Row(topic: "x", partition: 1, offsets: [10, 20]),
  ]
  private let one = [OffsetsReport.Row(topic: "orders", partition: 3, offsets: [42])]

  @Test("offsets are separated by tabs, and missing ones are dashes")
  func tabs() throws {
    #expect(try report("orders x", both) == "orders\t0\t0\t17\norders\t1\t5\t-\nx\t0\t1\t2\nx\t1\t10\t20\n")
    #expect(try report("orders --at latest", one) == "orders\t3\t42\n")
  }

  @Test("a terminal gets aligned columns with a heading, and control characters as escapes")
  func columns() throws {
    #expect(
      try report("o", [.init(topic: "a\u{1B}b", partition: 0, offsets: [0, 1000]), both[1]], isTerminal: true) == """
        topic   partition  earliest  latest
        a\\x1bb          0         0    1000
        orders          1         5       -

        """)
  }

  @Test("sums have a row for each topic, and none where an offset is missing")
  func sums() throws {
    #expect(try report("orders x --sum", both) == "orders\t5\t-\nx\t11\t22\n")
    let huge = OffsetsReport.Row(topic: "x", partition: 0, offsets: [.max])
    #expect(try report("x --sum --at latest", [huge, huge]) == "x\t-\n")
  }

  @Test("JSON has one object a line, and null for what is missing")
  func json() throws {
    #expect(
      try report("orders -J", Array(both.prefix(2))) == """
        {"topic":"orders","partition":0,"earliest":0,"latest":17}
        {"topic":"orders","partition":1,"earliest":5,"latest":null}

        """)
    #expect(try report("o -J --at latest", one) == #"{"topic":"orders","partition":3,"offset":42}"# + "\n")
    #expect(try report("x -J --sum", Array(both.suffix(2))) == #"{"topic":"x","earliest":11,"latest":22}"# + "\n")
  }

  @Test("a number alone is nothing but that")
  func number() throws {
    #expect(try report("-n orders:3", one) == "42\n")
    #expect(try report("-n orders:3", [.init(topic: "orders", partition: 3, offsets: [nil])]) == "-\n")
  }
}
