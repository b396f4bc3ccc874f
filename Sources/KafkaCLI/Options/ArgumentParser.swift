/// Sorts the words after a command's name into options, values and operands by the command's table.
///
/// The rules are those of GNU `getopt_long`: options and operands in any order, `-abc` for `-a -b -c`, `-cN`, `-c N`,
/// `--name=VALUE`, `--name VALUE`, and `--` before words that only look like options. A value is taken as it is, so
/// `-o -5` works. Long names cannot be shortened, so that a script keeps its meaning when options are added.
package struct ArgumentParser {
  private var parsed: ParsedArguments
  private var words: ArraySlice<Argument>
  private var table: CommandTable { parsed.table }

  /// - Throws: For an unknown option, a missing value, and a value given to a flag.
  package static func parse(_ words: [Argument], table: CommandTable) throws(UsageError) -> ParsedArguments {
    var parser = ArgumentParser(parsed: ParsedArguments(table: table), words: words[...])
    try parser.run()
    return parser.parsed
  }

  private mutating func run() throws(UsageError) {
    while let word = words.popFirst() {
      if word.bytes == Array("--".utf8) {
        parsed.operandsBeforeTerminator = parsed.operands.count
        parsed.operands += words
        words = []
      } else if word.bytes.starts(with: Array("--".utf8)) {
        try parseLong(word)
      } else if word.bytes.count > 1, word.bytes[0] == UInt8(ascii: "-") {
        try parseShort(word)
      } else {
        parsed.operands.append(word)
      }
    }
  }

  private mutating func parseLong(_ word: Argument) throws(UsageError) {
    let body = word.bytes.dropFirst(2)
    let equals = body.firstIndex(of: UInt8(ascii: "="))
    let name = String(decoding: body[..<(equals ?? body.endIndex)], as: UTF8.self)
    let attached = equals.map { Argument(bytes: Array(body[($0 + 1)...])) }
    guard let option = table.option(long: name) else { throw unknown(long: name) }
    let spelling = "--\(name)"
    switch (option.form, attached) {
    case (.flag, .some):
      throw UsageError(
        "option \(spelling) takes no value", place: table.name, advice: helpAdvice)
    case (.flag, .none), (.optionalValue, _): record(option, spelling, attached)
    case (.value, .some(let value)): record(option, spelling, value)
    case (.value, .none): record(option, spelling, try nextWord(for: option, spelling))
    }
  }

  private mutating func parseShort(_ word: Argument) throws(UsageError) {
    var letters = word.bytes.dropFirst()
    while let letter = letters.popFirst() {
      let name = Character(UnicodeScalar(letter))
      guard letter < 0x80, let option = table.option(short: name) else {
        let shown = letter < 0x80 ? "-\(name)" : word.text
        throw UsageError("unknown option \(shown)", place: table.name, advice: helpAdvice)
      }
      let spelling = "-\(name)"
      guard case .value = option.form else {
        record(option, spelling, nil)
        continue
      }
      if letters.isEmpty {
        record(option, spelling, try nextWord(for: option, spelling))
      } else {
        record(option, spelling, Argument(bytes: Array(letters)))
      }
      return
    }
  }

  private mutating func nextWord(for option: Option, _ spelling: String) throws(UsageError) -> Argument {
    if let word = words.popFirst() { return word }
    throw UsageError("option \(spelling) needs a value", place: table.name, advice: "write \(option.heading)")
  }

  private mutating func record(_ option: Option, _ spelling: String, _ value: Argument?) {
    parsed.occurrences.append(.init(key: option.key, spelling: spelling, value: value))
  }

  private func unknown(long name: String) -> UsageError {
    let nearest = NearestName.of(name, in: table.allOptions.compactMap(\.long))
    return UsageError(
      "unknown option --\(name)", place: table.name,
      advice: nearest.map { "did you mean --\($0)?" } ?? helpAdvice)
  }

  private var helpAdvice: String { "kavka \(table.name) --help lists the options" }
}
