package import Buffers

/// Cuts input that comes in blocks into records of one form.
///
/// Blocks may end anywhere. What a record says stays readable until the next call that changes the reader, so that who
/// takes it may wait with it.
package protocol InputRecordReader: ~Copyable {
  /// The number of the record that the last step was about, from 1, through all files.
  var number: Int64 { get }
  /// The bytes of the last block behind those that were looked at.
  var unreadCount: Int { get }
  /// What the record says that ``advance()`` or ``finish()`` came to.
  var fields: InputFields { @_lifetime(borrow self) get }

  /// Begins a file.
  mutating func begin()
  /// Takes the next block, once ``advance()`` has asked for it.
  mutating func feed(_ block: Bytes)
  /// Goes to the next record.
  mutating func advance() -> InputStep
  /// Goes to the next record of what is left at the end of a file, until that asks for input.
  mutating func finish() -> InputStep
  /// Forgets a record whose end was not read.
  ///
  /// - Returns: How many bytes of it were read, or nothing when none had begun.
  mutating func abandon() -> Int64?
}

/// What an ``InputRecordReader`` has come to.
package enum InputStep: Equatable, Sendable {
  /// The fields are those of the next record.
  case record
  /// The next record is larger than the limit and has been skipped.
  case oversized(bytes: Int64)
  /// The next record cannot be read and has been skipped: why, and where in it.
  case refused(bytes: Int64, reason: String)
  /// The next record cannot be read, nor can it be told where the one behind it begins.
  case broken(bytes: Int64, reason: String)
  /// The block is used up.
  case needsInput
}
