import Glibc
import TestHarness

/// The memory of a producer whose input never ends and is faster than its broker, which runs a tenth of the time.
struct MemoryProducingRun {
  private let bench: Bench

  init(_ bench: Bench) { self.bench = bench }

  func measure(_ recorder: Recorder) throws {
    guard let broker = bench.cluster.processID else { throw Failure("that cluster cannot be slowed down") }
    for peer in bench.peers.kavka {
      do {
        recorder.add(peer.label, .peak, try sizes(peer, broker))
      } catch {
        recorder.fail(peer.label, "\(error)")
      }
    }
  }

  /// MiB, one for each tenth of a second.
  private func sizes(_ peer: Peer, _ broker: pid_t) throws -> [Double] {
    let topic = try bench.newTopic(partitions: 12)
    let input = try ClosingPipe()
    // Something has to be repeated for ever.
    let lines = Array(try TextFile.contents(of: bench.inputPath(Input(records: 600, valueBytes: 100))).utf8)
    let producer = try ChildProcess(
      Command(
        program: peer.path, arguments: ["produce", "-q", "-b", bench.servers, topic], input: .descriptor(input.readEnd)),
      errorFile: bench.errorFile)
    input.closeEnd(input.readEnd)
    _ = fcntl(input.writeEnd, F_SETFL, O_NONBLOCK)
    defer { kill(broker, SIGCONT) }

    var sizes: [Double] = []
    let rounds = bench.isQuick ? 30 : 150
    for _ in 0..<rounds {
      kill(broker, SIGSTOP)
      try feed(lines, to: input.writeEnd, until: Moment.now + 0.09)
      kill(broker, SIGCONT)
      try feed(lines, to: input.writeEnd, until: Moment.now + 0.01)
      guard let size = ResidentSize.now(of: producer.processID) else { throw Failure("the producer has ended") }
      sizes.append(size)
    }
    kill(broker, SIGCONT)
    input.closeEnd(input.writeEnd)
    _ = try producer.usage()
    return sizes
  }

  /// Writes whole blocks of lines as fast as they are taken.
  private func feed(_ lines: [UInt8], to descriptor: Int32, until end: Double) throws {
    while Moment.now < end {
      var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard poll(&entry, 1, Int32(max(1, (end - Moment.now) * 1000))) > 0 else { continue }
      // Where a line is cut does not matter here.
      let count = write(descriptor, lines, lines.count)
      guard count > 0 || errno == EAGAIN else { throw Failure("the producer has ended") }
    }
  }
}
