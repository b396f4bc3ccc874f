extension KafkaClientConfiguration {
  /// Tells whoever listens; `text` is made only then.
  func report(_ level: KafkaClientEvent.Level, _ text: @autoclosure () -> String) {
    onEvent?(KafkaClientEvent(level: level, text: text()))
  }
}
