/// The words of `kavka produce`.
package enum ProduceOptions {
  package static let topic = Option(
    "t", nil, .value("TOPIC"), completion: .topic, summary: "the topic; otherwise the first operand")
  package static let partition = Option(
    "p", nil, .value("PARTITION|keep"), summary: "the partition of every record, or its own",
    details: """
      Without it the key decides, or where there is none, the partitioner. With keep each record goes to the partition \
      that it names, and is refused where it names none or one that the topic does not have.
      """)
  package static let input = Option(
    "i", "input", .value("FORM"), completion: .choices(InputForm.names),
    summary: "lines, json, raw or length", default: "lines",
    details: """
      json: an object a line, as consume -J writes it, of which only value is required. A string is text, \
      {"base64":"..."} bytes, null nothing; any other value stands for its own text, which is what consume --value-json \
      writes. The line's timestamp and headers are the record's; topic, offset and timestampType are not used. Lines of \
      nothing but blanks are passed by.
      raw: each file, or all of standard input, is the value of one record.
      length: 4 bytes, big-endian, before each value say its length; with -K, whatever its value, the same before a key \
      in front of it. The length -1 is null. A length that is none ends reading, since nothing behind it can be told \
      apart.
      """)
  package static let format = Option(
    "f", nil, .value("FORMAT"), summary: "read records by a format, such as '%k %s\\n'",
    details: """
      The tokens, modifiers and escapes are those of consume -f, which this reads back. Text stands for itself. A token \
      goes up to the text behind it, but not beyond the text that ends the format; a key or value goes as far as %K, %S \
      or %R before it says, with -1 for null, and JSON (%s{json}) says itself where it ends. %t, %o, %E and %w are passed \
      by. The times of %T and %T{iso} are taken, others cannot be. A record that does not match is refused, by its place, \
      and reading goes on behind the text that ends the format.
      """)
  package static let key = Option(
    "k", nil, .value("KEY"), summary: "the key of records without one of their own")
  package static let keyDelimiter = Option(
    "K", nil, .value("DELIM"), summary: "what ends the key in front of the value",
    details: """
      The first occurrence in a record divides it; a record without it has no key. Any bytes in any number, with the \
      escapes \\n \\r \\t \\0 \\xHH and \\\\.
      """)
  package static let delimiter = Option(
    "D", nil, .value("DELIM"), summary: "what ends a record", default: "\\n",
    details: """
      Any bytes in any number, with the escapes \\n \\r \\t \\0 \\xHH and \\\\. The last record needs none. Two in a row \
      are a record with an empty value.
      """)
  package static let compression = Option(
    "z", nil, .value("CODEC[:LEVEL]"), completion: .choices(["none", "gzip", "snappy", "lz4", "zstd"]),
    summary: "none, gzip, snappy, lz4 or zstd", default: "none",
    details: "Levels: gzip 1 to 9, lz4 1 to 12, zstd -131072 to 22.")
  package static let count = Option("c", nil, .value("N"), summary: "stop after N records")
  package static let rate = Option(
    nil, "rate", .value("N[/s|/m]"), summary: "at most N records a second or minute",
    details: """
      They are spread evenly. After a signal the rate no longer holds: what was read is sent at once.
      """)
  package static let tee = Option(
    "T", nil, summary: "copy the input to standard output",
    details: """
      Byte for byte, as far as its records are sent, or refused. If it cannot be written, reading stops; what was read is \
      sent all the same.
      """)
  package static let report = Option(
    "r", "report", .value("text|json"), completion: .choices(ReportForm.names),
    summary: "a line for each stored record",
    details: """
      Its topic, partition, offset and timestamp, with tabs or as a JSON object, on standard output once it is \
      acknowledged, those of a partition in the order of the input. What is not stored has no line; standard error says \
      where it is in the input. The timestamp is the broker's where the topic has it so. The offset is -1 or null where \
      the broker says only that it had the record already. If it cannot be written, reading stops; what was read is sent \
      all the same.
      """)
  package static let header = Option(
    "H", nil, .value("NAME[=VALUE]"), isRepeatable: true, summary: "a header for every record; again for more",
    details: "NAME alone is a header with a null value. A record that brings headers of its own has only those.")
  package static let timestamp = Option(
    nil, "timestamp", .value("TIME"), summary: "the time of records without one", default: "when it was read",
    details: "Milliseconds since 1970-01-01 UTC, or ISO 8601: 2024-01-31T12:00:00Z.")
  package static let emptyIsNull = Option(
    "Z", nil, summary: "empty values and keys are null",
    details: "A null value is a tombstone in a compacted topic. Without the option empty is empty.")
  package static let nullString = Option(
    nil, "null", .value("STRING"), summary: "values and keys that are STRING are null")
  package static let acks = Option(
    nil, "acks", .value("all|1|0"), completion: .choices(["all", "1", "0"]),
    summary: "who must have stored a record", default: "all",
    details: """
      All replicas in sync, the leader alone, or nobody. With 0 the brokers say nothing, so that a record counts as \
      delivered once it is sent. 1 and 0 go without idempotence.
      """)
  package static let noIdempotence = Option(
    nil, "no-idempotence", summary: "without protection from duplicates",
    details: "With it, which is the default where the broker can, a retry never stores a record twice or out of order.")
  package static let linger = Option(
    nil, "linger", .value("DURATION"), summary: "wait so long for a batch to fill", default: "5ms")
  package static let batchBytes = Option(
    nil, "batch-bytes", .value("SIZE"), summary: "the largest batch", default: "1MiB")
  package static let maxRecordBytes = Option(
    nil, "max-record-bytes", .value("SIZE"), summary: "the largest record", default: "96M",
    details: """
      A larger one is refused alone, with its line number and size; the others are delivered. The broker has a limit of its \
      own, which is nearly always lower, and refuses in the same way.
      """)
  package static let deliveryTimeout = Option(
    nil, "delivery-timeout", .value("DURATION"), summary: "time for a record, with retries", default: "2m")
  package static let partitioner = Option(
    nil, "partitioner", .value("NAME"), completion: .choices(PartitionerName.names),
    summary: "murmur2, crc32, random or round-robin",
    details: "murmur2, the default, sends keys where the Java client sends them; crc32 where librdkafka does.")
  package static let createTopic = Option(
    nil, "create-topic", .optionalValue("PARTITIONS[:REPLICAS]"), summary: "create a missing topic",
    details: "Numbers that are not given are the broker's defaults.")

  package static let table = CommandTable(
    name: "produce", summary: "Sends records from standard input or files to a topic.",
    operands: .words("[-t] TOPIC [FILE]…", .file),
    description: [
      """
      Reads records, one a line unless -D says otherwise, from the files in turn, or from standard input without any; - is \
      standard input. A record is on its way within 5 ms of being read, whether or not more follows. The end of a file ends \
      its last record.
      """,
      """
      The last line on standard error says how many records were acknowledged, how many failed, and of how many the outcome \
      is unknown. On SIGINT and SIGTERM it stops reading and sends what it has read, for at most 10 seconds.
      """,
    ],
    options: [
      topic, partition, input, format, key, keyDelimiter, delimiter, compression, count, rate, tee, report, header,
      timestamp,
      emptyIsNull, nullString,
      acks,
      noIdempotence, linger, batchBytes, maxRecordBytes, deliveryTimeout, partitioner, createTopic,
      CommonOptions.progress,
    ],
    commonOptions: CommonOptions.connection,
    examples: [
      .init("kavka produce -z zstd logs app.log", "each line is a record"),
      .init("kavka produce -K : -Z users", "key:value lines; key: alone deletes"),
      .init("echo 42 | kavka produce -k answer --create-topic=6 t", "one record with a key"),
    ])
}
