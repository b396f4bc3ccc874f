import Glibc
import TestHarness

/// A lone line's way from the standard input of one process to the standard output of another, which both stay open.
struct LatencyRun {
  private static let interval = 0.02
  private let bench: Bench

  init(_ bench: Bench) { self.bench = bench }

  func measure(_ recorder: Recorder) throws {
    let count = bench.isQuick ? 100 : 500
    for peer in bench.peers.kavka {
      do {
        let waits = try waits(peer, count).sorted()
        recorder.add(peer.label, .p50, [waits[waits.count / 2] * 1000])
        recorder.add(peer.label, .p99, [waits[min(waits.count - 1, waits.count * 99 / 100)] * 1000])
      } catch {
        recorder.fail(peer.label, "\(error)")
      }
    }
  }

  /// Seconds, one for each line.
  private func waits(_ peer: Peer, _ count: Int) throws -> [Double] {
    let topic = try bench.newTopic(partitions: 1)
    let (input, output) = (try ClosingPipe(), try ClosingPipe())
    let consumer = try ChildProcess(
      Command(
        program: peer.path, arguments: ["consume", "-q", "-b", bench.servers, "-o", "end", topic],
        output: .descriptor(output.writeEnd)), errorFile: bench.folder.file("more-errors"))
    let producer = try ChildProcess(
      Command(
        program: peer.path, arguments: ["produce", "-q", "-b", bench.servers, topic],
        input: .descriptor(input.readEnd)), errorFile: bench.errorFile)
    output.closeEnd(output.writeEnd)
    input.closeEnd(input.readEnd)
    var arrivals = LineArrivals(descriptor: output.readEnd)

    // A line that comes before the consumer has found the end of the topic is not for it: lines are sent until one is.
    var warmUps = 0
    while arrivals.times.isEmpty {
      guard warmUps < 100 else { throw Failure("no line arrives in 10 s") }
      try Descriptor.write(Array("w\(warmUps)\n".utf8), to: input.writeEnd, "standard input")
      warmUps += 1
      try arrivals.gather(until: Moment.now + 0.1)
    }
    try arrivals.gather(until: Moment.now + 0.3)

    var sent: [Double] = []
    for number in 0..<count {
      sent.append(Moment.now)
      try Descriptor.write(Array("\(number)\n".utf8), to: input.writeEnd, "standard input")
      try arrivals.gather(until: sent[number] + Self.interval)
    }
    let deadline = Moment.now + 10
    while arrivals.times["\(count - 1)"] == nil, Moment.now < deadline { try arrivals.gather(until: Moment.now + 0.1) }
    let waits = sent.enumerated().compactMap { number, time in arrivals.times["\(number)"].map { $0 - time } }
    guard waits.count == count else { throw Failure("\(waits.count) of \(count) lines arrived") }
    input.closeEnd(input.writeEnd)
    _ = try producer.usage()
    try consumer.end()
    return waits
  }
}
