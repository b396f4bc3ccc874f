import Buffers
import Testing

@testable import Transport

@Suite("Frames cut from a stream")
struct FrameReaderTests {
  private static let frames: [[UInt8]] = [[1, 2, 3], [], [9], Array(10...21), []]
  private static let stream: [UInt8] = frames.flatMap { (frame: [UInt8]) -> [UInt8] in
    [0, 0, 0, UInt8(frame.count)] + frame
  }

  @Test("every two cuts of a stream give the same frames", arguments: 0...stream.count)
  func everySplit(first: Int) throws {
    for second in first...Self.stream.count {
      var reader = FrameReader(maximumFrameSize: 12)
      var found: [[UInt8]] = []
      for part in [0..<first, first..<second, second..<Self.stream.count] {
        let chunk = Array(Self.stream[part])
        var position = 0
        while let frame = try reader.nextFrame(in: chunk.span.bytes, position: &position) { found.append(frame.array) }
        #expect(position == chunk.count)
      }
      #expect(found == Self.frames)
      let isWithinFrame = reader.isWithinFrame
      #expect(!isWithinFrame)
    }
  }

  @Test("what is missing of a frame can be read straight into it", arguments: 0...10)
  func filling(early: Int) throws {
    var reader = FrameReader(maximumFrameSize: 10)
    let body = Array(1...10) as [UInt8]
    let start = [0, 0, 0, 10] + body[..<early]
    var position = 0
    let frame = try reader.nextFrame(in: start.span.bytes, position: &position)
    guard early < 10 else {
      #expect(frame?.array == body)
      return
    }
    #expect(frame == nil)
    for byte in body[early...] {
      let early = reader.takeFrame()
      #expect(early == nil)
      reader.fill { room in
        #expect(room.count == 10 - Int(byte) + 1)
        room[0] = byte
        return 1
      }
    }
    let missing = reader.missingBytes
    let whole = reader.takeFrame()
    #expect(missing == 0)
    #expect(whole?.array == body)
  }

  @Test(
    "a length below zero or above the limit is refused at its last byte",
    arguments: [[0, 0, 0, 13], [0x80, 0, 0, 0], [0xff, 0xff, 0xff, 0xff], [0x7f, 0xff, 0xff, 0xff]] as [[UInt8]])
  func refused(head: [UInt8]) throws {
    var reader = FrameReader(maximumFrameSize: 12)
    var position = 0
    let early = Array(head[..<3])
    let frame = try reader.nextFrame(in: early.span.bytes, position: &position)
    let isWithinFrame = reader.isWithinFrame
    #expect(frame == nil)
    #expect(isWithinFrame)
    let length = head.reduce(0) { $0 << 8 | Int32($1) }
    var thrown: TransportError?
    do throws(TransportError) {
      position = 0
      let rest = [head[3], 1, 2]
      _ = try reader.nextFrame(in: rest.span.bytes, position: &position)
    } catch {
      thrown = error
    }
    #expect(thrown == .frameLength(length, limit: 12, head: head))
  }
}
