package import Buffers

/// Reads each file, or all of standard input, as one record. Of one that is too large only the size is kept.
package struct RawReader: InputRecordReader, ~Copyable {
  private let rules: InputFieldRules
  private let limit: Int
  private var content = BytesBuilder()
  /// The bytes of the file so far; nothing before one begins and once it has become a record.
  private var size: Int64?
  package private(set) var number: Int64 = 0

  package init(_ rules: InputFieldRules, limit: Int) {
    self.rules = rules
    self.limit = limit
  }

  package var unreadCount: Int { 0 }

  package var fields: InputFields {
    @_lifetime(borrow self)
    get { rules.fields(of: content.span) }
  }

  package mutating func begin() {
    size = 0
    if content.capacity > 1 << 20 { content = BytesBuilder() } else { content.truncate(to: 0) }
  }

  package mutating func feed(_ block: Bytes) {
    let size = (size ?? 0) + Int64(block.count)
    self.size = size
    if size <= Int64(limit) { content.append(block) } else { content = BytesBuilder() }
  }

  package mutating func advance() -> InputStep { .needsInput }

  package mutating func finish() -> InputStep {
    guard let size = size.take() else { return .needsInput }
    number += 1
    return size > Int64(limit) ? .oversized(bytes: size) : .record
  }

  package mutating func abandon() -> Int64? {
    guard let size = size.take(), size > 0 else { return nil }
    number += 1
    return size
  }
}
