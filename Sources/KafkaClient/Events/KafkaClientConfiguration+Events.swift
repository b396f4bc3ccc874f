extension KafkaClientConfiguration {
  /// Whether somebody listens to such events.
  func wants(_ level: KafkaClientEvent.Level, in area: KafkaClientEvent.Area) -> Bool {
    onEvent != nil && level >= events[area]
  }

  /// Tells whoever listens; `text` is made only then.
  func report(
    _ level: KafkaClientEvent.Level, in area: KafkaClientEvent.Area = .connection, _ text: @autoclosure () -> String
  ) {
    guard wants(level, in: area) else { return }
    onEvent?(KafkaClientEvent(level: level, area: area, text: text()))
  }
}
