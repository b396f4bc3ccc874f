import Buffers
import KafkaProtocol
import Testing

@Suite("Wire reader")
struct WireReaderTests {
  private func reader(_ bytes: UInt8...) -> WireReader { WireReader(Bytes(copying: bytes)) }

  @Test("unsigned varints have seven bits a byte, the lowest first")
  func varints() throws {
    var one = reader(0x7F, 0x80, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F)
    #expect(try one.uvarint() == 127)
    #expect(try one.uvarint() == 128)
    #expect(try one.uvarint() == .max)
    #expect(one.bytesLeft == 0)
  }

  @Test(
    "a varint of more than 32 bits or five bytes is refused",
    arguments: [[0xFF, 0xFF, 0xFF, 0xFF, 0x10], [0x80, 0x80, 0x80, 0x80, 0x80, 0x00]] as [[UInt8]])
  func longVarints(bytes: [UInt8]) {
    var reader = WireReader(Bytes(copying: bytes))
    #expect(throws: WireError.malformedVarint(offset: 0)) { try reader.uvarint() }
  }

  @Test("an integer cut short says what is missing")
  func truncation() {
    var reader = reader(1, 2, 3)
    #expect(throws: WireError.truncated(offset: 0, needed: 4)) { try reader.int32() }
  }

  @Test("lengths beyond the bytes left, or below null, are refused")
  func lengths() {
    var long = reader(0, 3, 65, 66)
    #expect(throws: WireError.invalidLength(offset: 0, length: 3)) { try long.string() }
    var negative = reader(0xFF, 0xFE)
    #expect(throws: WireError.invalidLength(offset: 0, length: -2)) { try negative.nullableString() }
    var compact = reader(0xFF, 0xFF, 0xFF, 0xFF, 0x0F)
    #expect(throws: WireError.invalidLength(offset: 0, length: Int(UInt32.max) - 1)) {
      try compact.bytes(compact: true)
    }
  }

  @Test("null is read only where it is allowed")
  func null() throws {
    var allowed = reader(0xFF, 0xFF, 0)
    #expect(try allowed.nullableString() == nil)
    #expect(try allowed.nullableBytes(compact: true) == nil)
    var refused = reader(0xFF, 0xFF)
    #expect(throws: WireError.unexpectedNull(offset: 0)) { try refused.string() }
  }

  @Test(
    "a count is refused where its smallest elements need more than the bytes left", arguments: [(2, true), (3, false)])
  func counts(count: UInt8, fits: Bool) throws {
    var reader = reader(0, 0, 0, count, 1, 2, 3, 4, 5)
    if fits {
      #expect(try reader.arrayCount(elementSize: 2) == Int(count))
    } else {
      #expect(throws: WireError.invalidCount(offset: 0, count: Int(count))) { try reader.arrayCount(elementSize: 2) }
    }
  }

  @Test("room is made for no more memory than there are bytes left")
  func reservation() {
    let reader = WireReader(Bytes(copying: [UInt8](repeating: 0, count: 1000)))
    #expect(reader.reservation(1000, stride: 100) == 10)
    #expect(reader.reservation(5, stride: 100) == 5)
  }

  @Test("text that is not UTF-8 is repaired, as Kafka's clients do")
  func invalidText() throws {
    var reader = reader(0, 2, 0x41, 0xFF)
    #expect(try reader.string() == "A\u{FFFD}")
  }

  @Test("a tagged field closes the reader off behind it")
  func taggedFieldEnds() throws {
    var reader = reader(5, 1, 9, 0, 0, 0)
    let field = try reader.beginTaggedField(after: -1)
    #expect(field.tag == 5)
    #expect(throws: WireError.truncated(offset: 2, needed: 4)) { try reader.int32() }
    #expect(try reader.int8() == 9)
    try reader.endTaggedField(field)
    #expect(reader.bytesLeft == 3)
  }

  @Test("a tagged field with bytes left is refused")
  func taggedFieldSize() throws {
    var reader = reader(5, 2, 9, 9)
    let field = try reader.beginTaggedField(after: -1)
    _ = try reader.int8()
    #expect(throws: WireError.taggedFieldSize(offset: 0, tag: 5)) { try reader.endTaggedField(field) }
  }

  @Test("tags must rise")
  func tagOrder() {
    var reader = reader(2, 1, 0, 1, 0)
    #expect(throws: WireError.tagOutOfOrder(offset: 3, tag: 1)) { try reader.skipTaggedFields() }
  }

  @Test("more tagged fields than bytes are refused")
  func taggedFieldCount() {
    var reader = reader(0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0, 0)
    #expect(throws: WireError.invalidCount(offset: 0, count: Int(UInt32.max))) { try reader.skipTaggedFields() }
  }
}
