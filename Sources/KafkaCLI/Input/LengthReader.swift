package import Buffers

/// Reads values, or keys and values, each after its length in 4 bytes, big-endian; the length -1 is null.
///
/// A record that is too large is skipped without being kept.
package struct LengthReader: InputRecordReader, ~Copyable {
  /// What comes next of a record.
  private enum Phase {
    case key
    case value
    /// Its end, once what is too large has been skipped.
    case end
    /// The next record: this one has been told.
    case record
  }

  private let hasKeys: Bool
  private let defaultKey: Bytes?
  private let limit: Int
  private var window = RecordWindow()
  private var phase: Phase
  /// Where in the window the phase begins.
  private var position = 0
  /// How much of a field that is too large is still to come.
  private var skipped: Int64 = 0
  private var key: Range<Int>?
  private var value: Range<Int>?
  /// The bytes of the record's fields.
  private var size: Int64 = 0
  /// The bytes of the record that have left the window.
  private var dropped: Int64 = 0
  package private(set) var number: Int64 = 0

  package init(hasKeys: Bool, defaultKey: Bytes?, limit: Int) {
    self.hasKeys = hasKeys
    self.defaultKey = defaultKey
    self.limit = limit
    phase = hasKeys ? .key : .value
  }

  package var unreadCount: Int { window.unreadCount - min(position, window.unreadCount) }

  package var fields: InputFields {
    @_lifetime(borrow self)
    get { InputFields(key: keySpan, value: span(value)) }
  }

  private var keySpan: RawSpan? {
    @_lifetime(borrow self)
    get {
      key == nil ? defaultKey?.span : span(key)
    }
  }

  package mutating func begin() { window.begin() }

  package mutating func feed(_ block: Bytes) { window.feed(block) }

  package mutating func advance() -> InputStep {
    if phase == .record { beginRecord() }
    while true {
      if skipped > 0 {
        let count = Int(min(skipped, Int64(window.count)))
        drop(count)
        skipped -= Int64(count)
        if skipped > 0 { return .needsInput }
      }
      if phase == .end {
        number += 1
        phase = .record
        return size > Int64(limit) ? .oversized(bytes: size) : .record
      }
      guard let length = window.bigEndian(at: position) else { return .needsInput }
      guard length >= -1 else { return refuse(length) }
      if let step = take(length) { return step }
    }
  }

  package mutating func finish() -> InputStep {
    guard let bytes = abandon() else { return .needsInput }
    return .refused(bytes: bytes, reason: "the input ends at byte \(window.offset), in the middle of the record")
  }

  package mutating func abandon() -> Int64? {
    if phase == .record { beginRecord() }
    let bytes = dropped + Int64(window.count)
    window.drop(window.count)
    beginRecord()
    guard bytes > 0 else { return nil }
    number += 1
    return bytes
  }

  /// Takes a field whose length is next, if it is there or too large.
  private mutating func take(_ length: Int32) -> InputStep? {
    let bytes = Int(max(length, 0))
    if size + Int64(bytes) > Int64(limit) {
      drop(position + 4)
      position = 0
      skipped = Int64(bytes)
    } else {
      guard window.count - position - 4 >= bytes else { return .needsInput }
      let range = length < 0 ? nil : (position + 4)..<(position + 4 + bytes)
      if phase == .key { key = range } else { value = range }
      position += 4 + bytes
    }
    size += Int64(bytes)
    phase = phase == .key ? .value : .end
    return nil
  }

  @_lifetime(borrow self)
  private func span(_ range: Range<Int>?) -> RawSpan? {
    if let range { window.bytes.extracting(range) } else { nil }
  }

  private mutating func refuse(_ length: Int32) -> InputStep {
    let place = window.offset + Int64(position)
    number += 1
    return .broken(
      bytes: dropped + Int64(position) + 4,
      reason: "\(length) at byte \(place) is no length; nothing behind it can be read either")
  }

  private mutating func beginRecord() {
    window.drop(min(position, window.count))
    phase = hasKeys ? .key : .value
    (position, size, dropped, skipped) = (0, 0, 0, 0)
    (key, value) = (nil, nil)
  }

  private mutating func drop(_ count: Int) {
    window.drop(count)
    dropped += Int64(count)
  }
}
