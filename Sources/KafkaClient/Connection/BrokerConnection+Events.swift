import Buffers
import KafkaProtocol
import Transport

/// What is told of requests and answers: names, versions and sizes, never contents.
extension BrokerConnection {
  /// What events call a request; nothing if nobody listens to them.
  func label<Request: WireRequest>(_ type: Request.Type, _ version: Int16, _ correlationID: Int32) -> String? {
    guard configuration.wants(.debug, in: .protocol) else { return nil }
    return "\(apiName(type)) version \(version), number \(correlationID)"
  }

  /// Sends the segments of a request.
  func write(_ segments: [Bytes], _ label: String?, to channel: any Channel) {
    func size() -> Int { segments.reduce(0) { $0 + $1.count } }
    if let label { configuration.report(.debug, in: .protocol, "\(label): \(size()) bytes to \(endpoint)") }
    configuration.report(.debug, in: .io, "\(size()) bytes in \(segments.count) pieces to \(endpoint)")
    requestBytes += UInt64(size())
    channel.send(segments)
  }

  func noteAnswer(_ frame: Bytes, to label: String?, sentAt: Instant) {
    guard let label else { return }
    let time = (runtime.loop.now - sentAt).measured
    configuration.report(
      .debug, in: .protocol, "\(label): answered in \(time) with \(frame.count) bytes from \(endpoint)")
  }
}
