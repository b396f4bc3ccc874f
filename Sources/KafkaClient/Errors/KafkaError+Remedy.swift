extension KafkaError {
  /// What may be done about a failure, where each program has a way of its own to do it.
  ///
  /// The description says it in general words, which are the error's hint; a program may say it in its own.
  public enum Remedy: Hashable, Sendable, CaseIterable {
    /// The topic's name may be wrong, or the topic is to be created.
    case createTopic
    /// Too few replicas are in sync: brokers are down, or the leader's acknowledgement would do.
    case acknowledgeByLeader
    /// The broker does not know the codec: gzip, or none, is known to all.
    case useGzip
    /// The broker is older than zstd and knows the other codecs.
    case useOlderCodec
    /// The broker's format has no place for headers.
    case omitHeaders
    /// The broker's format has no place for timestamps.
    case omitTimestamps
    /// A batch is damaged: what is behind it can be read.
    case readBehindDamage
    /// A batch is damaged or too large: only what is behind it can be read.
    case readBehindBatch
    /// There is nothing at the offset any more, or not yet.
    case resetOffset
    /// The topic is another one than when reading began.
    case beginAgain
  }
}

extension KafkaError.Remedy: CustomStringConvertible {
  /// What to do, in words that suit every program.
  public var description: String {
    switch self {
    case .createTopic: "check the name, or create the topic"
    case .acknowledgeByLeader:
      "fewer in-sync replicas than min.insync.replicas; check the brokers, or let the leader alone acknowledge"
    case .useGzip: "this broker does not know the codec; try gzip or none"
    case .useOlderCodec: "use gzip, snappy or lz4"
    case .omitHeaders: "leave out the headers"
    case .omitTimestamps: "leave out the timestamps"
    case .readBehindDamage: "read on behind it"
    case .readBehindBatch: "a larger one cannot be read; a smaller one is damaged: go on behind it at a later offset"
    case .resetOffset:
      "records there may have been deleted, or the topic was created again; begin elsewhere, or reset to the earliest"
    case .beginAgain: "start again to read the new one, or reset to the earliest"
    }
  }
}
