import Testing

@testable import KafkaCLI

@Suite("Completion in the shell")
struct ShellCompletionTests {
  /// Offers for a line with the cursor at its end, taken apart as readline does it.
  private func offer(_ line: String) -> ShellCompletion.Offer {
    let completion = ShellCompletion(
      topics: { ["__consumer_offsets", "orders", "orders-dead", "users"] }, groups: { ["billing", "mail"] })
    let bytes = Array(line.utf8)
    let start = bytes.lastIndex { " \t=>'".utf8.contains($0) }.map { $0 + 1 } ?? 0
    return completion.offer(for: bytes[start...], after: bytes[..<start])
  }

  @Test(
    "what may stand at the cursor is offered",
    arguments: [
      ("off", ["offsets"]), ("he", ["help"]), ("sh", []), ("mock", []), ("nosuch ", []),
      ("use ", ["orders", "orders-dead", "users"]), ("use or", ["orders", "orders-dead"]), ("use orders ", []),
      ("use __", ["__consumer_offsets"]), ("help con", ["consume"]), ("history ", []),
      ("consume u", ["users"]), ("consume 'u", ["users"]), ("consume -e orders u", ["users"]),
      ("consume -t u", ["users"]),
      ("offsets -J ", ["orders", "orders-dead", "users"]), ("metadata -t or", ["orders", "orders-dead"]),
      ("metadata ", []), ("produce u", ["users"]), ("produce -k key u", ["users"]),
      ("consume --iso", ["--isolation"]), ("consume --isolation read_u", ["read_uncommitted"]),
      ("consume --isolation=read_u", ["read_uncommitted"]), ("consume -o b", ["beginning"]), ("consume -c ", []),
      ("consume --isolation read_committed --iso", []), ("consume --client", []), ("consume --bro", []),
      ("offsets com", ["commit"]), ("offsets ", ["commit", "reset", "delete", "orders", "orders-dead", "users"]),
      ("offsets commit u", ["users"]), ("offsets reset --dr", ["--dry-run"]), ("offsets -G b", ["billing"]),
      ("offsets reset -G ", ["billing", "mail"]), ("offsets --at=la", ["latest"]), ("consume -f '%s' u", ["users"]),
      ("consume 'open ", []),
    ] as [(String, [String])])
  func candidates(line: String, candidates: [String]) {
    #expect(offer(line) == .candidates(candidates))
  }

  @Test(
    "files are offered where one may stand",
    arguments: [
      "metadata > ", "metadata >> o", "metadata >o", "metadata | les", "produce orders ", "produce -t orders ",
      "produce -k key orders x",
    ])
  func files(line: String) {
    #expect(offer(line) == .fileNames)
  }

  @Test("an option that was given is not offered again, unless it may be")
  func givenOptions() {
    guard case .candidates(let options) = offer("consume -e -t orders -") else { return #expect(Bool(false)) }
    #expect(options.contains("-t") && options.contains("-c") && options.contains("--timeout"))
    #expect(!options.contains("-e") && !options.contains("-b"))
  }

  @Test("the cluster is asked only where a topic may stand")
  func asksOnDemand() {
    let completion = ShellCompletion {
      Issue.record("it was asked for topics"); return []
    }
    for line in ["", "metadata ", "history ", "consume -c "] {
      _ = completion.offer(for: [], after: Array(line.utf8))
    }
  }
}
