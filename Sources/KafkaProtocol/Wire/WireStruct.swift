/// A struct inside a message; its fields depend on the message's version.
protocol WireStruct: Sendable, Equatable {
  /// The fewest bytes a value takes, in whichever version it is smallest.
  static var smallestSize: Int { get }

  init(from reader: inout WireReader, version: Int16) throws(WireError)
  func encode(into writer: inout WireWriter, version: Int16) throws(WireError)
}
