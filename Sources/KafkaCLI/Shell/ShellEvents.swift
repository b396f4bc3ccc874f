package import KafkaClient
import Synchronization

/// Passes on what the client says of itself, to the command that runs. Between commands nothing is said, because it
/// would be written into the line that is being typed.
package final class ShellEvents: Sendable {
  private let state = Mutex<Diagnostics?>(nil)

  package init() {}

  var listener: Diagnostics? {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }

  package func report(_ event: KafkaClientEvent) { listener?.event(event) }
}
