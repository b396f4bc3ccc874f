import Buffers
import KafkaClient
import KafkaProtocol

extension ProduceJob {
  /// The most bytes of one record that are sent unless the user says otherwise. A broker closes the connection on a
  /// request of more than 100 MiB (`socket.request.max.bytes`), so a larger record would only be sent again and again.
  private static let maximumRecordBytes = 96 << 20

  /// The job that the arguments of `produce` describe.
  init(_ arguments: ProduceArguments) {
    var producer = ProducerConfiguration()
    producer.acknowledgement =
      switch arguments.acks {
      case .all: .all
      case .leader: .leader
      case .none: .none
      }
    producer.isIdempotent = arguments.isIdempotent
    producer.partitioner =
      switch arguments.partitioner {
      case .murmur2: .murmur2
      case .crc32: .crc32
      case .random: .random
      case .roundRobin: .roundRobin
      }
    producer.linger = arguments.linger
    producer.batchBytes = arguments.batchBytes
    producer.deliveryTimeout = arguments.deliveryTimeout
    producer.compression = arguments.compression
    let settings = arguments.common.settings
    producer.bufferBytes = settings.producerBufferBytes ?? producer.bufferBytes
    producer.maximumInFlight = settings.maximumInFlight ?? producer.maximumInFlight
    self.init(
      topic: arguments.topic, partition: arguments.partition, keepsPartitions: arguments.keepsPartitions,
      files: arguments.files.map(InputFile.init(path:)), input: arguments.input, headers: arguments.encodedHeaders,
      timestamp: arguments.timestamp, count: arguments.count,
      maximumRecordBytes: arguments.maxRecordBytes ?? Self.maximumRecordBytes, creation: arguments.creation,
      rate: arguments.rate, copiesInput: arguments.copiesInput, report: arguments.report,
      tellsProgress: arguments.tellsProgress,
      producer: producer)
  }
}
