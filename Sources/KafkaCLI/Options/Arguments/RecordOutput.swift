package import Buffers

/// How `kavka consume` writes records.
package enum RecordOutput: Equatable, Sendable {
  /// The value and a delimiter; with a key delimiter, the key and that before it.
  case text(keyDelimiter: Bytes?, delimiter: Bytes, null: Bytes?)
  case format(FormatProgram, null: Bytes?)
  /// One object a line; a value that is JSON itself can be embedded as that.
  case json(embedsValues: Bool)
  /// The length of the value before the value; with keys, those first in the same way.
  case length(hasKeys: Bool)

  init(_ parsed: ParsedArguments) throws(UsageError) {
    typealias Options = ConsumeOptions
    let form = try Self.form(parsed)
    try parsed.refuse(Options.nullAsWord, with: Options.nullString, because: "use one of them")
    if form != .json, parsed.has(Options.valueJSON) {
      throw UsageError("--value-json is for JSON", place: "consume", advice: "add -J")
    }
    var null = try parsed.bytes(Options.nullString) { Bytes(copying: $0) }
    if parsed.has(Options.nullAsWord) { null = Bytes(utf8: "NULL") }
    switch form {
    case .json: self = .json(embedsValues: parsed.has(Options.valueJSON))
    case .length: self = .length(hasKeys: parsed.has(Options.keyDelimiter))
    case .raw: self = .text(keyDelimiter: nil, delimiter: Bytes(copying: []), null: nil)
    case .text:
      if let program = try parsed.bytes(Options.format, FormatProgram.init(parsing:)) {
        self = .format(program, null: null)
      } else {
        self = .text(
          keyDelimiter: try parsed.bytes(Options.keyDelimiter, Self.delimiter),
          delimiter: try parsed.bytes(Options.delimiter, Self.delimiter) ?? Bytes(copying: [0x0A]), null: null)
      }
    }
  }

  /// The form that `-J` or `--output` names; a form that leaves nothing to be chosen refuses the options that choose.
  private static func form(_ parsed: ParsedArguments) throws(UsageError) -> OutputForm {
    typealias Options = ConsumeOptions
    let named = try parsed.value(Options.output, OutputForm.init(argument:))
    try parsed.refuse(Options.json, with: Options.format, because: "choose one form of output")
    try parsed.refuse(Options.format, with: Options.output, because: "the format says it all")
    if named != .json { try parsed.refuse(Options.json, with: Options.output, because: "choose one form of output") }
    for option in [Options.delimiter, Options.keyDelimiter] {
      try parsed.refuse(Options.format, with: option, because: "the format says it all")
    }
    let form = named ?? (parsed.has(Options.json) ? .json : .text)
    let chooser = parsed.has(Options.json) ? Options.json : Options.output
    let delimiters = [Options.delimiter, Options.nullAsWord, Options.nullString]
    let (options, reason): ([Option], String) =
      switch form {
      case .text: ([], "")
      case .json: (delimiters + [Options.keyDelimiter], "the form of JSON is fixed")
      case .raw: (delimiters + [Options.keyDelimiter], "raw writes the values and nothing else")
      case .length: (delimiters, "lengths say where a field ends and that it is null")
      }
    for option in options { try parsed.refuse(chooser, with: option, because: reason) }
    return form
  }

  private static func delimiter(_ text: [UInt8]) throws(UsageError) -> Bytes {
    Bytes(copying: try ByteEscapes.unescape(text))
  }
}

/// A form of output by its name.
package enum OutputForm: String, NamedChoice {
  case text, json, raw, length
}
