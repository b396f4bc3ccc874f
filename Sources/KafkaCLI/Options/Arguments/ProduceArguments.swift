import Buffers
import KafkaClient
package import KafkaProtocol

/// What `kavka produce` has been told.
package struct ProduceArguments: Equatable, Sendable {
  package var common: CommonArguments
  package var topic: String
  /// Names of files as the system has them; `-` is standard input. Never empty.
  package var files: [[UInt8]]
  /// The partition of every record.
  package var partition: Int32?
  /// Whether each record goes to the partition that it names itself.
  package var keepsPartitions: Bool
  /// How the input becomes records.
  package var input: RecordInput
  package var compression: Compression
  package var count: Int64?
  /// How many records are sent in a second or a minute at most.
  package var rate: Rate?
  /// Whether the input is copied to standard output.
  package var copiesInput: Bool
  /// How records that were stored are told of on standard output.
  package var report: ReportForm?
  /// Whether progress is told even where no terminal is free for it.
  package var tellsProgress: Bool
  package var headers: [HeaderArgument]
  /// Milliseconds since 1970-01-01 UTC; nothing means when the record was read.
  package var timestamp: Int64?
  package var acks: Acks
  /// Whether the broker is to refuse duplicates, where it can.
  package var isIdempotent: Bool
  package var linger: Duration
  package var batchBytes: Int
  /// Nothing means as much as is read at all; the broker has a limit of its own.
  package var maxRecordBytes: Int?
  package var deliveryTimeout: Duration
  package var partitioner: PartitionerName
  /// How to create the topic when it is missing; nothing means not to.
  package var creation: TopicCreation?

  package init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageError) {
    typealias Options = ProduceOptions
    common = try CommonArguments(parsed, environment: environment)
    let settings = common.settings
    var operands = parsed.operands[...]
    if let topic = try parsed.value(Options.topic, TopicName.parse) {
      self.topic = topic
    } else {
      guard let operand = operands.popFirst() else {
        throw UsageError("no topic is named", place: "produce", advice: "write \(Options.table.usage)")
      }
      topic = try TopicName.parse(try operand.validText())
    }
    files = operands.isEmpty ? [Array("-".utf8)] : operands.map(\.bytes)
    keepsPartitions = try parsed.value(Options.partition) { $0 == "keep" } ?? false
    partition =
      keepsPartitions
      ? nil
      : try parsed.value(Options.partition) { text throws(UsageError) in
        try DecimalNumber.parse(text, in: 0...Int32.max)
      }
    input = try RecordInput(parsed)
    guard !keepsPartitions || input.namesPartitions else {
      throw UsageError(
        "-p keep is for records that name their partition", place: "produce", advice: "add -i json, or %p to -f")
    }
    let codec = try parsed.value(Options.compression, Compression.init(argument:))
    compression =
      codec.map { $0.level == nil ? settings.compression(with: $0.codec) : $0 } ?? settings.compression ?? .none
    try common.configuration.checkLevel(of: compression)
    count = try parsed.value(Options.count) { text throws(UsageError) in
      try DecimalNumber.parse(text, in: 1...Int64.max)
    }
    rate = try parsed.value(Options.rate, Rate.init(argument:))
    copiesInput = parsed.has(Options.tee)
    tellsProgress = try CommonArguments.tellsProgress(parsed)
    report = try parsed.value(Options.report, ReportForm.init(argument:))
    try parsed.refuse(Options.tee, with: Options.report, because: "both write to standard output")
    headers = try parsed.values(Options.header, HeaderArgument.init(argument:))
    timestamp = try parsed.value(Options.timestamp, TimeArgument.milliseconds)
    acks = try parsed.value(Options.acks, Acks.init(argument:)) ?? settings.acks ?? .all
    if !parsed.has(Options.acks) { try common.configuration.checkIdempotence() }
    if report != nil, acks == .none {
      throw UsageError(
        "-r and acknowledgement 0 exclude each other", advice: "without it nothing is known to be stored")
    }
    isIdempotent = acks == .all && !parsed.has(Options.noIdempotence) && settings.isIdempotent ?? true
    linger = try parsed.value(Options.linger, DurationRange.inRequest) ?? settings.linger ?? .milliseconds(5)
    batchBytes =
      try parsed.value(Options.batchBytes) { text throws(UsageError) in try ByteSize.parse(text) }
      ?? settings.batchBytes ?? 1 << 20
    maxRecordBytes =
      try parsed.value(Options.maxRecordBytes) { text throws(UsageError) in
        try ByteSize.parse(text, in: 1...KafkaProducer.maximumRecordBytes)
      } ?? settings.maxRecordBytes
    deliveryTimeout =
      try parsed.value(Options.deliveryTimeout, DurationRange.positive) ?? settings.deliveryTimeout ?? .seconds(120)
    partitioner =
      try parsed.value(Options.partitioner, PartitionerName.init(argument:)) ?? settings.partitioner ?? .murmur2
    try parsed.refuse(Options.partition, with: Options.partitioner, because: "-p says the partition of every record")
    creation = try parsed.value(Options.createTopic, TopicCreation.init(argument:))
    if creation == nil, parsed.has(Options.createTopic) { creation = TopicCreation() }
  }

  /// The headers as every record gets them.
  package var encodedHeaders: EncodedHeaders {
    var encoded = EncodedHeaders.none
    for header in headers { encoded.append(name: header.name.span, value: header.value?.span) }
    return encoded
  }
}
