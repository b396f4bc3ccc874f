import KafkaClient

/// Why records are not copied any further.
enum ConsumeFailure: Error {
  case client(KafkaError)
  case output(OutputError)
}
