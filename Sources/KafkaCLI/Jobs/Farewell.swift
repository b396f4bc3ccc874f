import KafkaClient
import Transport

/// What a signal does to a command that produces: reading stops, what was read is sent, but not for ever.
struct Farewell: Sendable {
  let reader: InputReader
  let producer: KafkaProducer
  let runtime: Runtime
  let limit: Duration

  /// The first signal ends reading, a second one ends sending too. Called on the loop.
  func signalled(_ count: Int) {
    reader.cancel()
    let (producer, runtime, limit) = (producer, runtime, limit)
    runtime.spawn {
      if count == 1 { try? await runtime.sleep(for: limit) }
      await producer.abandon()
    }
  }
}
