import KafkaProtocol

extension KafkaError.Code {
  /// The kind of what keeps records from being read. What is only not enough memory must not count as damage, which may
  /// be left out.
  init(_ error: RecordError) {
    if case .noMemory = error { self = .outOfMemory } else { self = .corruptRecords }
  }
}
