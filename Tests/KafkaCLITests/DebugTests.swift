import KafkaClient
import Synchronization
import Testing

@testable import KafkaCLI

@Suite("Looking into the client (S37)")
struct DebugTests {
  private typealias Area = KafkaClientEvent.Area
  private typealias Level = KafkaClientEvent.Level

  private func shown(_ text: String) throws -> [String] {
    let selection = try DebugSelection(argument: text)
    return Area.allCases.compactMap { area in
      let least = [Level.trace, .debug, .info].first { level in
        selection.includes(KafkaClientEvent(level: level, area: area, text: ""))
      }
      return least.map { "\(area) \($0)" }
    }
  }

  @Test(
    "areas and levels are written in one line, as names or as numbers",
    arguments: [
      ("conn", ["connection debug"]), ("Connection:1", ["connection info"]),
      ("io : 3 , conn:info", ["connection info", "io trace"]),
      ("protocol:trace,protocol:info", ["protocol info"]),
      (
        "all,producer:3",
        ["connection debug", "io debug", "protocol debug", "group debug", "producer trace", "consumer debug"]
      ),
      ("1,consumer", ["connection info", "io info", "protocol info", "group info", "producer info", "consumer debug"]),
    ])
  func grammar(text: String, areas: [String]) throws { #expect(try shown(text) == areas) }

  @Test(
    "what is neither an area nor a level is refused with those there are",
    arguments: [
      ("foo", "unknown area 'foo'; use conn, io, protocol, group, producer, consumer, all"),
      ("conn:loud", "unknown level 'loud'; use info, debug, trace"),
      ("", "unknown area ''; use conn, io, protocol, group, producer, consumer, all"),
      ("conn:", "unknown level ''; use info, debug, trace"),
      ("4", "unknown area '4'; use conn, io, protocol, group, producer, consumer, all"),
      ("sasl", "nothing goes on in sasl; TLS and SASL are not in this version"),
    ])
  func refused(text: String, message: String) {
    let error = #expect(throws: UsageError.self) { try DebugSelection(argument: text) }
    #expect(error?.message == message)
  }

  private func common(_ line: String, _ environment: [String: String] = [:]) throws -> CommonArguments {
    let words = line.split(separator: " ").map { Argument(String($0)) }
    return try CommonArguments(ArgumentParser.parse(words, table: ConsumeOptions.table), environment: environment)
  }

  @Test("several options add up, and the environment counts without any, unless it should be quiet")
  func sources() throws {
    let both = try DebugSelection(argument: "conn:1,io")
    #expect(try common("-d conn:1 -d io", ["KAVKA_DEBUG": "all"]).debug == both)
    #expect(try common("", ["KAVKA_DEBUG": "conn:1,io"]).debug == both)
    #expect(try common("-q", ["KAVKA_DEBUG": "all"]).debug == nil)
    #expect(throws: UsageError.self) { try common("-q -d all") }
    let error = #expect(throws: UsageError.self) { try common("", ["KAVKA_DEBUG": "what"]) }
    #expect(error?.message.hasPrefix("$KAVKA_DEBUG: unknown area 'what'") == true)
  }

  private final class Lines: Sendable {
    private let text = Mutex("")

    func diagnostics(isQuiet: Bool = false, isVerbose: Bool = false, debug: DebugSelection? = nil) -> Diagnostics {
      Diagnostics(isQuiet: isQuiet, isVerbose: isVerbose, debug: debug) { bytes in
        self.text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
      }
    }

    var all: String { text.withLock { $0 } }
  }

  @Test("settings that were passed over are told also when quiet", arguments: [false, true])
  func passedOverSettings(isQuiet: Bool) throws {
    var configuration = Configuration()
    try configuration.set("bootstrap.servrs", to: "b:1", from: .file("f", line: 3), for: "metadata")
    let lines = Lines()
    lines.diagnostics(isQuiet: isQuiet).remarks(of: configuration)
    #expect(lines.all == "kavka: f:3: unknown setting 'bootstrap.servrs'; did you mean bootstrap.servers?\n")
  }

  @Test("verbose shows retries and connections of all areas, -d what was asked for with its area")
  func display() throws {
    let events: [KafkaClientEvent] = [
      .init(level: .deviation, area: .consumer, text: "d"),
      .init(level: .warning, area: .consumer, text: "w"), .init(level: .retry, area: .producer, text: "r"),
      .init(level: .info, area: .connection, text: "i"), .init(level: .debug, area: .io, text: "d"),
    ]
    func lines(_ make: (Lines) -> Diagnostics) -> String {
      let lines = Lines()
      let diagnostics = make(lines)
      for event in events { diagnostics.event(event) }
      return lines.all
    }
    #expect(lines { $0.diagnostics() } == "kavka: d\nkavka: w\n")
    #expect(lines { $0.diagnostics(isQuiet: true) } == "kavka: d\n")
    #expect(lines { $0.diagnostics(isVerbose: true) } == "kavka: d\nkavka: w\nkavka: r\nkavka: i\n")
    let io = try DebugSelection(argument: "io,producer")
    #expect(lines { $0.diagnostics(debug: io) } == "kavka: d\nkavka: w\nkavka: producer: r\nkavka: io: d\n")
  }
}
