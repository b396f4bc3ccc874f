import KafkaClient
import Transport

/// What a signal does to a command that produces: reading stops, what was read is sent at no pace, but not for ever.
struct Farewell: Sendable {
  let reader: InputReader
  let producer: KafkaProducer
  let output: OutputPump<ProduceOutput>?
  let pause: Pause
  let runtime: Runtime
  let limit: Duration

  /// The first signal ends reading, a second one ends sending too. Called on the loop.
  func signalled(_ count: Int) {
    reader.cancel()
    pause.end()
    let (producer, output) = (producer, output)
    runtime.spawn { [runtime, limit] in
      if count == 1 { try? await runtime.sleep(for: limit) }
      await producer.abandon()
      output?.abandon()
    }
  }
}
