import KafkaClient
import Synchronization

/// Keeps what a client reports.
final class EventLog: Sendable {
  private let events = Mutex<[KafkaClientEvent]>([])

  func append(_ event: KafkaClientEvent) { events.withLock { $0.append(event) } }

  var all: [KafkaClientEvent] { events.withLock { $0 } }

  var texts: [String] { events.withLock { $0.map(\.text) } }

  func texts(_ level: KafkaClientEvent.Level) -> [String] {
    events.withLock { $0.filter { $0.level == level }.map(\.text) }
  }
}
