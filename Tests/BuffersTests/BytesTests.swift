import Buffers
import Testing

@Suite("Bytes and their builder")
struct BytesTests {
  @Test("a slice shares the buffer and counts from its own first byte")
  func slice() {
    let bytes = Bytes(copying: [1, 2, 3, 4, 5])
    let slice = bytes[1..<4][1..<3]
    #expect(slice.array == [3, 4])
    #expect(slice[0] == 3)
    #expect(slice == Bytes(copying: [3, 4]))
    #expect(slice != bytes)
  }

  @Test("a builder grows, patches what it wrote, and gives it out once")
  func build() {
    var builder = BytesBuilder(capacity: 1)
    builder.append(bigEndian: Int32(0))
    for byte in 0..<100 { builder.append(byte: UInt8(byte)) }
    builder.overwrite(at: 0, bigEndian: Int32(100))
    builder.append(utf8: "ř")
    let bytes = builder.finish()
    #expect(bytes.count == 106)
    #expect(bytes[0..<5].array == [0, 0, 0, 100, 0])
    #expect(bytes[104..<106].array == [0xC5, 0x99])
  }

  @Test("a delimiter behind a long value has room already")
  func roomBehind() {
    var builder = BytesBuilder(capacity: 16)
    builder.reserve(1 << 20)
    let capacity = builder.capacity
    builder.append(size: 1 << 20) { _ = $0.initializeMemory(as: UInt8.self, repeating: 0) }
    builder.append(byte: 10)
    #expect(builder.capacity == capacity && builder.count == (1 << 20) + 1)
  }

  @Test("taking the bytes leaves an empty builder with memory of its own")
  func take() {
    var builder = BytesBuilder()
    builder.append(byte: 1)
    let first = builder.take(nextCapacity: 16)
    builder.append(byte: 2)
    let second = builder.finish()
    #expect(first.array == [1])
    #expect(second.array == [2])
  }
}
