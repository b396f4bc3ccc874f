/// The words of a command line sorted into options and operands, values not yet looked at.
package struct ParsedArguments: Sendable {
  /// One use of an option.
  struct Occurrence: Sendable {
    var key: String
    /// The name as it was written, for messages.
    var spelling: String
    var value: Argument?
  }

  package let table: CommandTable
  var occurrences: [Occurrence] = []
  /// The words that are neither options nor their values, with those after `--`.
  package var operands: [Argument] = []
  /// How many of ``operands`` came before `--`; nothing without a `--`.
  package var operandsBeforeTerminator: Int?

  /// What holds outside of the command, for one that runs inside of a process that has a configuration.
  var inherited: Configuration?

  /// What the table's options are told apart by.
  private let keys: [String]

  init(table: CommandTable) {
    self.table = table
    keys = table.allOptions.map(\.key)
  }

  /// Whether the option is one of the command's.
  func isKnown(_ option: Option) -> Bool {
    table.allOptions.contains { $0.key == option.key && $0.short == option.short }
  }

  /// The last use of an option, which is the one that counts.
  func lastUse(of option: Option) -> Occurrence? { occurrences(of: option).last }

  private func occurrences(of option: Option) -> [Occurrence] {
    let key = option.key
    precondition(keys.contains(key), "\(key) is not in \(table.name)'s table")
    return occurrences.filter { $0.key == key }
  }

  /// Whether the option was given.
  package func has(_ option: Option) -> Bool { !occurrences(of: option).isEmpty }

  /// Reads the value of the option's last use as text.
  ///
  /// - Returns: Nothing when the option was not given, or was given without its optional value.
  /// - Throws: What `read` throws, with the option as the place.
  package func value<Value>(
    _ option: Option, _ read: (String) throws(UsageError) -> Value
  ) throws(UsageError) -> Value? {
    try bytes(option) { bytes throws(UsageError) in try read(Argument(bytes: bytes).validText()) }
  }

  /// Reads the value of the option's last use as bytes.
  package func bytes<Value>(
    _ option: Option, _ read: ([UInt8]) throws(UsageError) -> Value
  ) throws(UsageError) -> Value? {
    guard let occurrence = occurrences(of: option).last, let value = occurrence.value else { return nil }
    return try Self.placed(occurrence) { () throws(UsageError) in try read(value.bytes) }
  }

  /// Reads the values of all uses of a repeatable option.
  package func values<Value>(
    _ option: Option, _ read: (Argument) throws(UsageError) -> Value
  ) throws(UsageError) -> [Value] {
    var values: [Value] = []
    for occurrence in occurrences(of: option) {
      guard let value = occurrence.value else { continue }
      values.append(try Self.placed(occurrence) { () throws(UsageError) in try read(value) })
    }
    return values
  }

  /// Refuses two options that contradict each other.
  package func refuse(_ option: Option, with other: Option, because reason: String) throws(UsageError) {
    guard let first = occurrences(of: option).last, let second = occurrences(of: other).last else { return }
    throw UsageError("\(first.spelling) and \(second.spelling) exclude each other", advice: reason)
  }

  private static func placed<Value>(
    _ occurrence: Occurrence, _ read: () throws(UsageError) -> Value
  ) throws(UsageError) -> Value {
    do {
      return try read()
    } catch {
      throw error.at("option \(occurrence.spelling)")
    }
  }
}
