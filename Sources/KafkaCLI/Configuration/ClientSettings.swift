package import KafkaClient
package import KafkaProtocol
package import Transport

/// The settings that somebody has said something about, as values; nil where the default holds.
package struct ClientSettings: Hashable, Sendable {
  // The client.
  package var brokers: [BrokerAddress]?
  package var clientID: String?
  package var rack: String?
  package var family: AddressFamily?
  package var requestTimeout: Duration?
  package var commandTimeout: Duration?
  package var connectionTimeout: Duration?
  package var retryBackoff: Duration?
  package var retryBackoffMaximum: Duration?
  package var reconnectBackoff: Duration?
  package var reconnectBackoffMaximum: Duration?
  package var metadataMaximumAge: Duration?
  package var maximumResponseBytes: Int?
  package var asksForVersions: Bool?
  // The producer.
  package var acks: Acks?
  package var isIdempotent: Bool?
  package var linger: Duration?
  package var batchBytes: Int?
  package var maxRecordBytes: Int?
  package var deliveryTimeout: Duration?
  package var codec: CompressionCodec?
  package var compressionLevel: Int?
  package var gzipLevel: Int?
  package var lz4Level: Int?
  package var zstdLevel: Int?
  package var partitioner: PartitionerName?
  package var maximumInFlight: Int?
  package var producerBufferBytes: Int?
  // The consumer.
  package var minBytes: Int?
  package var maxBytes: Int?
  package var maxPartitionBytes: Int?
  package var maxWait: Duration?
  package var isolation: IsolationName?
  package var onReset: ResetPolicy?
  package var consumerBufferKibibytes: Int?
  /// Whether commands that change something are refused.
  package var isReadOnly: Bool?

  package init() {}

  /// The codec and the level for it: the one that was set for the codec alone before the one for any codec.
  package var compression: Compression? { codec.map(compression(with:)) }

  /// A codec with the level that is set for it, if there is one.
  package func compression(with codec: CompressionCodec) -> Compression {
    let own: Int? =
      switch codec {
      case .none, .snappy: nil
      case .gzip: gzipLevel
      case .lz4: lz4Level
      case .zstd: zstdLevel
      }
    guard let levels = codec.levels, let level = own ?? compressionLevel, levels.contains(level) else {
      return Compression(codec)
    }
    return Compression(codec, level: level)
  }

  /// The wait before a first retry and the longest one. A first one above the longest is the longest (KIP-580).
  package func retryBackoff(or standard: ClosedRange<Duration>) -> ClosedRange<Duration> {
    Self.range(retryBackoff, retryBackoffMaximum, standard)
  }

  /// The same for connecting again to a broker.
  package func reconnectBackoff(or standard: ClosedRange<Duration>) -> ClosedRange<Duration> {
    Self.range(reconnectBackoff, reconnectBackoffMaximum, standard)
  }

  private static func range(
    _ first: Duration?, _ longest: Duration?, _ standard: ClosedRange<Duration>
  ) -> ClosedRange<Duration> {
    let longest = longest ?? standard.upperBound
    return min(first ?? standard.lowerBound, longest)...longest
  }
}
