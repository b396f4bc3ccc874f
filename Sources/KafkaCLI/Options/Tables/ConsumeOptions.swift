/// The words of `kavka consume`.
package enum ConsumeOptions {
  package static let topic = Option(
    "t", nil, .value("TOPIC"), completion: .topic, isRepeatable: true, summary: "a topic, as the operands are",
    details: "TOPIC:3 and TOPIC:0-5 select partitions.")
  package static let partitions = Option(
    "p", nil, .value("LIST"), summary: "partitions such as 0,2,5-7", default: "all",
    details: "For the topics that are given without partitions.")
  package static let start = Option(
    "o", nil, .value("WHERE"), completion: .choices(["beginning", "end"]),
    summary: "where to start", default: "beginning",
    details: """
      beginning (earliest); end (latest); N, an offset; -N, so many before the end of each partition; +N, so many after \
      its beginning (both stay within it); @TIME, the first record not older than the time, in milliseconds since \
      1970-01-01 UTC or ISO 8601; -DURATION, such as -1h, the same counted back from now.
      """)
  package static let until = Option(
    nil, "until", .value("WHERE"), completion: .choices(["end"]), summary: "where to stop, not included",
    details: "The forms are those of -o; end is the end as of the start of the command.")
  package static let exitAtEnd = Option("e", nil, summary: "exit when every partition was read to its end")
  package static let count = Option("c", nil, .value("N"), summary: "stop after N records in all")
  package static let tail = Option(
    nil, "tail", .value("N"), summary: "the newest N over all partitions, then exit",
    details: """
      The newest records by their timestamps as of the start of the command, in the order of these. Each partition is read \
      backwards until it has given N records, so that a filter and gaps in the offsets cost time and no records. At most \
      1000000; the records are kept in memory, and more than 64 MiB of them are refused.
      """)
  package static let order = Option(
    nil, "order", .value("ORDER"), completion: .choices(RecordOrder.names),
    summary: "time: merge partitions by timestamp",
    default: "as they come",
    details: """
      Partitions are merged by the timestamps of their records as far as these have been fetched; the records of one \
      partition still come in the order of their offsets. A partition of which nothing has come is waited for half a \
      second; at most 16 MiB of output and a batch are held.
      """)
  package static let topicsRegex = Option(
    nil, "topics-regex", .value("RE"), summary: "topics whose names RE finds",
    details: """
      A POSIX extended regular expression that is looked for anywhere in the name, as grep does: '^orders-' finds those \
      that begin so, without those in which the cluster keeps its own state. There must be one at the start of the command; \
      where reading has no end, those that are made later are read too, from their beginning, once metadata shows them.
      """)
  package static let skipCorrupt = Option(
    nil, "skip-corrupt", summary: "report and skip damaged batches",
    details: """
      Each batch whose checksum is wrong or that cannot be decompressed or read is one line on standard error, from the \
      twenty-first on they are only counted, and the exit status stays 0. Without the option the first one ends the \
      command with status 1.
      """)
  package static let idleTimeout = Option(
    nil, "idle-timeout", .value("DURATION"), summary: "exit when nothing came for so long")
  package static let filter = Option(
    nil, "filter", .value("EXPR"), isRepeatable: true, summary: "only records that satisfy this; several are and-ed",
    details: """
      Tests joined by and, or, not (&&, ||, !) and parentheses. A test is a text in quotes, which is looked for in key, \
      value and the values of headers; or a field, which asks whether it is there; or a field, an operator and a literal. \
      Fields: key, value, header.NAME, topic, partition, offset, timestamp, size (of the value in bytes), and in keys and \
      values that are JSON, value.NAME, value."any name", value[0] and value[] (any element), one behind the other. \
      Operators: = and != compare bytes; ~ and !~ look for a regular expression (POSIX extended, over bytes, in linear \
      time); *= looks for a text; < <= > >= compare numbers and times. Literals: a bare word, which ends at a blank; \
      "with escapes"; 'as it is'; null. A bare number equals the number and the text, one in quotes only the text. Times \
      are written as for -o, without the @: timestamp>=-1h. != and !~ also hold where the field is absent, the four \
      orderings do not. Records that are left out count for -e, --until and --idle-timeout, not for -c. Tests of topic, \
      partition and offset, and the lower bound of timestamp, that all records have to pass keep others from being fetched.
      """)
  package static let format = Option(
    "f", nil, .value("FORMAT"), summary: "the form of a record, such as '%k %s\\n'",
    details: """
      %s value, %k key, %t topic, %p partition, %o offset, %T timestamp in milliseconds, %h headers, %S and %K length of \
      value and key (-1 for null), %R length of the value as 4 bytes, %E epoch of the leader that stored the record (-1 if \
      unknown), %w offset that the next record of the partition would have got when this one was fetched, %% a percent \
      sign. %s and %k take modifiers: %s{hex}, %s{base64}, %s{json} as -J writes it, and {i8} {i16} {i32} {i64} {u8} {u16} \
      {u32} {u64} write a big-endian integer in decimal, {i32le} a little-endian one; a record of another size ends the \
      command with an error. %T{iso} is the time in UTC, %T{%Y-%m-%d %H:%M:%S} the local time by the conversions of \
      strftime, with %3N for milliseconds. %h{NAME} is the last header of that name. Escapes: \\n \\r \\t \\0 \\xHH \\\\. \
      Nothing is added, so end it with \\n.
      """)
  package static let json = Option(
    "J", nil, summary: "one JSON object a line",
    details: """
      With the fields topic, partition, offset, timestamp, timestampType, key, value and headers. Bytes that are not UTF-8 \
      are an object with the field base64.
      """)
  package static let output = Option(
    nil, "output", .value("FORM"), completion: .choices(OutputForm.names), summary: "text, json, raw or length",
    details: """
      text is what -D and -K say, json is -J, raw are values with nothing between them. length is the length of each value \
      as 4 bytes, big-endian, and then the value, with -1 for null; with -K (whatever it says) the key's length and the key \
      come first.
      """)
  package static let valueJSON = Option(
    nil, "value-json", summary: "with -J: embed values that are JSON",
    details: """
      Only what can be read from there again as it was: an object, array, number, true or false of one line. Strings, \
      null, objects that begin with a member named base64, what has white space around it and what is nested more than 64 \
      deep stay strings.
      """)
  package static let delimiter = Option(
    "D", nil, .value("DELIM"), summary: "what follows a record", default: "\\n",
    details: "Any bytes in any number, with the escapes \\n \\r \\t \\0 \\xHH and \\\\; -D '' writes nothing there.")
  package static let keyDelimiter = Option(
    "K", nil, .value("DELIM"), summary: "write the key too, and this after it")
  package static let nullAsWord = Option("Z", nil, summary: "write null as NULL", default: "as nothing")
  package static let nullString = Option(
    nil, "null", .value("STRING"), summary: "write null as STRING",
    details: "Exactly as it is given; escapes are for -D, -K and -f.")
  package static let isolation = Option(
    nil, "isolation", .value("LEVEL"), completion: .choices(IsolationName.names),
    summary: "read_committed or read_uncommitted",
    details: "read_committed, the default, leaves out records of transactions that are open or were aborted.")
  package static let onReset = Option(
    nil, "on-reset", .value("WHAT"), completion: .choices(ResetPolicy.names),
    summary: "offset out of range: fail, earliest, latest",
    details: "Fails by default. A reset is one line on standard error.")
  package static let minBytes = Option(
    nil, "min-bytes", .value("SIZE"), summary: "a fetch waits for so much", default: "1")
  package static let maxBytes = Option(
    nil, "max-bytes", .value("SIZE"), summary: "and returns at most about so much", default: "50MiB",
    details: """
      No more than three eighths of what queued.max.messages.kbytes allows is asked for at once, 6 MiB by default, \
      divided among the brokers that are read from, but at least 1 MiB of each.
      """)
  package static let maxWait = Option(
    nil, "max-wait", .value("DURATION"), summary: "but waits no longer than this", default: "500ms")

  package static let table = CommandTable(
    name: "consume", summary: "Writes the records of topics to standard output.",
    operands: .words("[-t] TOPIC[:PARTITION[-PARTITION]]…", .topic),
    description: [
      """
      Writes values, each followed by a newline unless -D, -K, -f or -J says otherwise, and then waits for more until it is \
      told to end by -e, -c, --until, --tail, --idle-timeout or a signal. The records of one partition come in the order of their \
      offsets. Partitions that are added to a topic meanwhile are read from their beginning, unless partitions were \
      chosen or reading has an end. Reading never creates a topic.
      """,
      """
      Bytes are written as they are, except to a terminal, which gets control characters and what is not UTF-8 as escapes \
      such as \\x1b, and null as a dim null. There is no colour with NO_COLOR or TERM=dumb in the environment.
      """,
    ],
    options: [
      topic, partitions, topicsRegex, start, until, exitAtEnd, count, tail, idleTimeout, filter, order, format, json,
      output, valueJSON, delimiter, keyDelimiter, nullAsWord, nullString, isolation, onReset, skipCorrupt, minBytes,
      maxBytes, maxWait, CommonOptions.progress,
    ],
    commonOptions: CommonOptions.connection,
    examples: [
      .init("kavka consume -e orders", "all there is, then exit"),
      .init("kavka consume -e -o -1h --filter value.state=new orders", "some of the last hour's, by a field of JSON"),
      .init("kavka consume -o end -f '%p %o %k %s\\n' orders", "what comes from now on", endsByItself: false),
    ])
}
