extension ClusterMetadata.Topic {
  private static let maximumMissingPartitions = 1000

  /// The number of partitions as the highest index tells it.
  ///
  /// Some may be missing for a while, but a broker that names an index far beyond the partitions it lists is not
  /// believed: memory is reserved by this number.
  var partitionCount: Int {
    get throws(KafkaError) {
      let count = Int(partitions.last?.index ?? 0) + 1
      guard count <= partitions.count + Self.maximumMissingPartitions else {
        throw KafkaError(
          .malformedResponse, "the broker lists \(partitions.count) partitions, with numbers up to \(count - 1)"
        ).about(name).during("Metadata")
      }
      return count
    }
  }
}
