import KafkaProtocol

/// Why records were not appended.
struct ProduceRefusal: Error, Equatable {
  let code: ErrorCode
  /// What a broker says beside the code, for people.
  let message: String?

  init(_ code: ErrorCode, _ message: String? = nil) {
    self.code = code
    self.message = message
  }
}
