import KafkaProtocol

/// Why records were not appended.
struct ProduceRefusal: Error, Equatable {
  let code: ErrorCode
  /// What a broker says beside the code, for people.
  let message: String?

  /// The records that are the reason, where a broker names them.
  let records: [ProduceResponse.Topic.Partition.RecordError]

  init(
    _ code: ErrorCode, _ message: String? = nil, records: [ProduceResponse.Topic.Partition.RecordError] = []
  ) {
    self.code = code
    self.message = message
    self.records = records
  }
}
