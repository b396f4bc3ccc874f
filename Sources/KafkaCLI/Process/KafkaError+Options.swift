import KafkaClient

extension KafkaError {
  /// The error as the commands tell of it: what may be done about it is said with their options.
  var inCommandTerms: KafkaError {
    guard let remedy else { return self }
    var error = self
    error.hint = remedy.options
    return error
  }
}

extension KafkaError.Remedy {
  /// What to do, with the commands and options for it.
  var options: String {
    switch self {
    case .createTopic: "check the name, or create the topic (kavka produce --create-topic)"
    case .acknowledgeByLeader:
      "fewer in-sync replicas than min.insync.replicas; check the brokers, or use --acks 1"
    case .useGzip: "this broker does not know the codec; try -z gzip or -z none"
    case .useOlderCodec: "use -z gzip, snappy or lz4"
    case .omitHeaders: "leave out -H"
    case .omitTimestamps: "leave out --timestamp"
    case .readBehindDamage: "leave it out with --skip-corrupt, or read on behind it with -o"
    case .readBehindBatch:
      "a larger one cannot be read; a smaller one is damaged: go on behind it with -o and a later offset"
    case .resetOffset:
      "records there may have been deleted, or the topic was created again; see kavka offsets, or use --on-reset earliest"
    case .beginAgain: "start again to read the new one, or use --on-reset earliest"
    }
  }
}
