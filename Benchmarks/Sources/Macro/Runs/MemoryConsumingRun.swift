import Glibc
import TestHarness

/// The memory of a consumer whose output nobody reads for a while.
struct MemoryConsumingRun {
  private let bench: Bench

  init(_ bench: Bench) { self.bench = bench }

  func measure(_ recorder: Recorder) throws {
    let production = Production(input: .keyed, partitions: 12)
    let topic = try bench.filledTopic(production)
    let records = bench.scaled(production).input.records
    for peer in bench.peers.kavka {
      do {
        recorder.add(peer.label, .peak, try sizes(peer, topic, records))
      } catch {
        recorder.fail(peer.label, "\(error)")
      }
    }
  }

  /// MiB, one for each twentieth of a second while the pipe is blocked, and the peak of the whole run.
  private func sizes(_ peer: Peer, _ topic: String, _ records: Int) throws -> [Double] {
    let output = try ClosingPipe()
    guard
      let command = peer.consuming(
        .discarded, of: topic, at: bench.servers, limit: nil, output: .descriptor(output.writeEnd))
    else { return [] }
    let consumer = try ChildProcess(command, errorFile: bench.errorFile)
    output.closeEnd(output.writeEnd)
    var sizes: [Double] = []
    for _ in 0..<(bench.isQuick ? 30 : 100) {
      Descriptor.pause(seconds: 0.05)
      guard let size = ResidentSize.now(of: consumer.processID) else { throw Failure("the consumer has ended") }
      sizes.append(size)
    }
    var lines = 0
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(output.readEnd, &block, block.count)
      guard count > 0 else { break }
      lines += block[..<count].count { $0 == UInt8(ascii: "\n") }
    }
    sizes.append(try consumer.usage().peak)
    guard lines == records else { throw Failure("\(lines) records came in the end") }
    return sizes
  }
}
