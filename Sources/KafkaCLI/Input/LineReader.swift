package import Buffers

/// Reads records that end with a delimiter: ``RecordSplitter`` with the rules for keys and nulls.
package struct LineReader: InputRecordReader, ~Copyable {
  private var splitter: RecordSplitter
  private let rules: InputFieldRules

  package init(_ rules: InputFieldRules, delimiter: Bytes, limit: Int) {
    self.rules = rules
    splitter = RecordSplitter(delimiter: delimiter, limit: limit)
  }

  package var number: Int64 { splitter.number }

  package var unreadCount: Int { splitter.unreadCount }

  package var fields: InputFields {
    @inline(__always)
    @_lifetime(borrow self)
    get { rules.fields(of: splitter.record) }
  }

  package mutating func begin() {}

  package mutating func feed(_ block: Bytes) { splitter.feed(block) }

  package mutating func advance() -> InputStep { InputStep(splitter.advance()) }

  package mutating func finish() -> InputStep { InputStep(splitter.finish()) }

  package mutating func abandon() -> Int64? { splitter.abandon() }
}

extension InputStep {
  init(_ step: RecordSplitter.Step) {
    self =
      switch step {
      case .record: .record
      case .oversized(let bytes): .oversized(bytes: bytes)
      case .needsInput: .needsInput
      }
  }
}

extension RecordSplitter {
  /// Forgets a record whose end was not read; the number of its bytes, if there is one.
  mutating func abandon() -> Int64? {
    switch finish() {
    case .needsInput: nil
    case .record: Int64(record.byteCount)
    case .oversized(let bytes): bytes
    }
  }
}
