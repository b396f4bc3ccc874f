/// What is known of the records that were given to a producer.
public struct ProduceReport: Sendable, Equatable {
  /// Records that the broker said it has stored.
  public var acknowledged = 0
  /// Records that were certainly not stored.
  public var failed = 0
  /// Records that were sent and of which nobody knows whether they are stored.
  public var unknown = 0
  /// Records that were sent with acknowledgement 0, so that nothing can be known of them.
  public var unconfirmed = 0

  /// All records whose fate is as settled as it can be.
  public var settled: Int { acknowledged + failed + unknown + unconfirmed }

  /// Creates a report of nothing.
  public init() {}
}

/// Records of one batch that were not acknowledged.
public struct ProduceFailure: Sendable {
  /// How many records share the fate.
  public var recordCount: Int
  /// The size of the record, its key and value together, where there is one alone and it was looked at.
  public var recordBytes: Int?
  /// Why; the topic and partition are named in it, and whether the outcome is unknown.
  public var error: KafkaError
  /// The numbers under which the records were appended.
  package var numbers: NumberSequence
}
