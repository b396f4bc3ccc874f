import TestHarness

/// A whole topic to /dev/null or a file.
struct ConsumeRun {
  private let bench: Bench
  private let consumption: Consumption

  init(_ bench: Bench, _ consumption: Consumption) {
    self.bench = bench
    self.consumption = consumption
  }

  func measure(_ recorder: Recorder) throws {
    let isMadeUp = bench.cluster.kind == .free
    let records = bench.scaled(consumption.production).input.records
    let topic = isMadeUp ? try bench.newTopic(partitions: 1) : try bench.filledTopic(consumption.production)
    let file = bench.folder.file("records")
    func command(_ peer: Peer, _ output: Stream) -> Command? {
      peer.consuming(
        consumption.form, of: topic, at: bench.servers, limit: isMadeUp || peer.program == .franzGo ? records : nil,
        output: output)
    }
    let output = consumption.form.isDiscarded ? Stream.null : .file(file)

    // What is compared has to be the same work: each writes all of it to a file first.
    var digests: [(label: String, digest: FileDigest)] = []
    var entrants: [Entrant] = []
    for peer in bench.peers.all {
      guard let whole = command(peer, .file(file)), let measured = command(peer, output) else { continue }
      do {
        _ = try ChildProcess(whole, errorFile: bench.errorFile).usage()
        let digest = try FileDigest(of: file)
        // A program may write the rest of the answer in which it has found enough.
        guard isMadeUp ? digest.lines >= records : digest.lines == records else {
          throw Failure("\(peer.label) wrote \(digest.lines) lines")
        }
        digests.append((peer.label, digest))
        entrants.append(
          Entrant(label: peer.label) {
            let usage = try ChildProcess(measured, errorFile: bench.errorFile).usage()
            if !consumption.form.isDiscarded, try FileDigest.size(of: file) != digest.bytes {
              throw Failure("\(peer.label) wrote less than before")
            }
            return usage
          })
      } catch {
        recorder.fail(peer.label, "\(error)")
      }
    }
    if !isMadeUp, let first = digests.first, consumption.form != .json {
      // Partitions come in any order.
      let isOrdered = consumption.production.partitions == 1
      for other in digests.dropFirst()
      where other.digest.bytes != first.digest.bytes
        || (isOrdered && other.digest.hash != first.digest.hash)
      {
        throw Failure("\(first.label) and \(other.label) wrote different bytes")
      }
    }
    entrants.measure(runs: bench.runs, recorder)
  }
}
