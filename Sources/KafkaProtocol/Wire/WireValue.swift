/// A value without a version that arrays have as elements.
protocol WireValue: Sendable {
  /// The fewest bytes a value takes.
  static var smallestSize: Int { get }

  init(from reader: inout WireReader, compact: Bool) throws(WireError)
  func encode(into writer: inout WireWriter, compact: Bool) throws(WireError)
}

extension WireValue where Self: FixedWidthInteger & BitwiseCopyable {
  static var smallestSize: Int { bitWidth / 8 }

  init(from reader: inout WireReader, compact: Bool) throws(WireError) { self = try reader.integer() }

  func encode(into writer: inout WireWriter, compact: Bool) { writer.integer(self) }
}

extension Int8: WireValue {}
extension Int16: WireValue {}
extension Int32: WireValue {}
extension Int64: WireValue {}

extension String: WireValue {
  static var smallestSize: Int { 1 }

  init(from reader: inout WireReader, compact: Bool) throws(WireError) { self = try reader.string(compact: compact) }

  func encode(into writer: inout WireWriter, compact: Bool) throws(WireError) {
    try writer.string(self, compact: compact)
  }
}

extension UUID128: WireValue {
  static var smallestSize: Int { 16 }

  init(from reader: inout WireReader, compact: Bool) throws(WireError) { self = try reader.uuid() }

  func encode(into writer: inout WireWriter, compact: Bool) { writer.uuid(self) }
}
