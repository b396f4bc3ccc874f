package import KafkaProtocol

/// How records are batched and sent, and when they count as stored.
///
/// ``KafkaClient/withProducer(_:onFailure:_:)`` refuses with ``KafkaError/Code/invalidArgument`` what is out of the
/// range that a property names; no duration may be longer than 292 years.
public struct ProducerConfiguration: Sendable {
  /// What a broker must have done before it acknowledges.
  public enum Acknowledgement: Int16, Sendable {
    /// Nothing: the broker does not answer, and nothing is known of what it got.
    case none = 0
    /// The leader has written the records.
    case leader = 1
    /// All in-sync replicas have written them.
    case all = -1
  }

  /// How a partition is chosen for a record that names none.
  public enum Partitioner: Sendable {
    /// The hash of the key as the Java client takes it; records without a key stay together until a batch is full.
    case murmur2
    /// The CRC-32 of the key as librdkafka's `consistent_random` takes it; records without a key go to random ones.
    case crc32
    /// Any, for every record.
    case random
    /// One after the other.
    case roundRobin
  }

  /// What must have happened before a record counts as acknowledged.
  public var acknowledgement = Acknowledgement.all
  /// Whether the broker is asked to drop what a retry sends twice (KIP-98); without effect on brokers before 0.11.
  public var isIdempotent = true
  /// How partitions are chosen.
  public var partitioner = Partitioner.murmur2
  /// How long a batch that is not full may wait for more records. A batch does not wait when the caller says that it
  /// has no more records for now. Not negative.
  public var linger: Duration = .milliseconds(5)
  /// The size at which a batch is full, in bytes before compression: 1 or more, and less than 2 GiB. A single larger
  /// record is a batch of its own.
  public var batchBytes = 1 << 20
  /// How long a record may take from being appended to being acknowledged, at least 1 ms.
  public var deliveryTimeout: Duration = .seconds(120)
  /// How many bytes of memory batches may take that are filled, sent or not acknowledged yet;
  /// ``KafkaProducer/append(value:key:headers:timestamp:to:partition:)`` waits while they take more. Nil for 8 MiB and
  /// half a MiB for each partition but the first, up to 17 MiB. At least 1.
  public var bufferBytes: Int?
  /// How many requests may be without an answer on one connection, at least 1. More than five count as five, which keep
  /// their order by sequence numbers; without those it is one.
  public var maximumInFlight = 5

  /// The codec and level, as the protocol has them.
  package var compression = Compression.none

  /// Creates the default configuration: every record acknowledged by all in-sync replicas, stored once, in order.
  public init() {}

  /// Refuses what no producer can work with.
  func check() throws(KafkaError) {
    let values = ConfigurationCheck(of: "ProducerConfiguration")
    try values.require(linger, "linger", atLeast: .zero)
    try values.require(batchBytes, "batchBytes", in: 1...Int(Int32.max))
    try values.require(deliveryTimeout, "deliveryTimeout", atLeast: .milliseconds(1))
    if let bufferBytes { try values.require(bufferBytes, "bufferBytes", in: 1...Int.max) }
    try values.require(maximumInFlight, "maximumInFlight", in: 1...Int.max)
  }

  /// The largest number of requests without an answer on one connection: five keep their order by sequence numbers,
  /// and without those only one at a time does.
  static let idempotentWindow = 5
}
