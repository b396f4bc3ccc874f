import Testing
import Transport

@testable import KafkaClient

@Suite("Waits between tries")
struct BackoffTests {
  private struct Fixed: Entropy {
    let value: UInt64
    func next() -> UInt64 { value }
  }

  @Test("they double up to the longest, each within a fifth", arguments: [UInt64(0), 12345, .max])
  func doubling(_ entropy: UInt64) {
    var backoff = Backoff(.milliseconds(100) ... .seconds(1))
    for expected in [100, 200, 400, 800, 1000, 1000] {
      let wait = backoff.next(Fixed(value: entropy)).milliseconds
      #expect((Int64(expected * 8 / 10)...Int64(expected * 12 / 10)).contains(wait))
    }
    backoff.reset()
    #expect(backoff.next(Fixed(value: entropy)) <= .milliseconds(120))
  }

  @Test(
    "durations are written as people write them",
    arguments: [
      (Duration.milliseconds(500), "500ms"), (.seconds(10), "10s"), (.seconds(120), "2m"), (.seconds(7200), "2h"),
      (.milliseconds(1500), "1500ms"),
    ])
  func short(_ duration: Duration, _ text: String) { #expect(duration.short == text) }
}
