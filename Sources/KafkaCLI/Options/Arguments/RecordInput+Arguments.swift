import Buffers

extension RecordInput {
  /// The form that `-i` names; one that leaves nothing to be chosen refuses the options that choose.
  init(_ parsed: ParsedArguments) throws(UsageError) {
    typealias Options = ProduceOptions
    let form = try parsed.value(Options.input, InputForm.init(argument:)) ?? .lines
    let key = try parsed.bytes(Options.key) { Bytes(copying: $0) }
    let nulls = [Options.emptyIsNull, Options.nullString]
    let (options, reason): ([Option], String) =
      switch form {
      case .lines: ([], "")
      case .json: ([Options.delimiter, Options.keyDelimiter] + nulls, "the form of JSON is fixed")
      case .raw: ([Options.delimiter, Options.keyDelimiter], "each file is one record, and its value")
      case .length: ([Options.delimiter] + nulls, "lengths say where a field ends and that it is null")
      }
    for option in [Options.input, Options.delimiter, Options.keyDelimiter] {
      try parsed.refuse(Options.format, with: option, because: "the format says it all")
    }
    for option in options { try parsed.refuse(Options.input, with: option, because: reason) }
    if let format = try parsed.bytes(Options.format, InputFormat.init(parsing:)) {
      self = .format(format, try Self.rules(parsed, key))
      return
    }
    switch form {
    case .lines:
      self = .lines(
        try Self.rules(parsed, key), delimiter: try parsed.bytes(Options.delimiter, Self.delimiter) ?? Bytes(utf8: "\n")
      )
    case .json: self = .json(defaultKey: key)
    case .raw: self = .raw(try Self.rules(parsed, key))
    case .length: self = .length(hasKeys: parsed.has(Options.keyDelimiter), defaultKey: key)
    }
  }

  /// Whether records say which partition they are of.
  var namesPartitions: Bool {
    switch self {
    case .json: true
    case .format(let format, _): format.namesPartitions
    case .lines, .raw, .length: false
    }
  }

  private static func rules(_ parsed: ParsedArguments, _ key: Bytes?) throws(UsageError) -> InputFieldRules {
    typealias Options = ProduceOptions
    return InputFieldRules(
      keyDelimiter: try parsed.bytes(Options.keyDelimiter, delimiter), defaultKey: key,
      emptyIsNull: parsed.has(Options.emptyIsNull),
      nullString: try parsed.bytes(Options.nullString) { Bytes(copying: $0) })
  }

  private static func delimiter(_ text: [UInt8]) throws(UsageError) -> Bytes {
    guard !text.isEmpty else { throw UsageError("the delimiter is empty") }
    return Bytes(copying: try ByteEscapes.unescape(text))
  }
}

/// A form of input by its name.
package enum InputForm: String, NamedChoice {
  case lines, json, raw, length
}
