/// The 32-bit MurmurHash2 with the seed that Kafka's Java client uses.
package enum Murmur2 {
  package static func hash(_ span: RawSpan) -> Int32 {
    let multiplier: UInt32 = 0x5bd1_e995
    let count = span.byteCount
    var hash = 0x9747_b28c ^ UInt32(truncatingIfNeeded: count)
    var position = 0
    while count - position >= 4 {
      var word = span.unsafeLoadUnaligned(fromByteOffset: position, as: UInt32.self).littleEndian
      word &*= multiplier
      word ^= word >> 24
      word &*= multiplier
      hash &*= multiplier
      hash ^= word
      position += 4
    }
    if position < count {
      var shift: UInt32 = 0
      while position < count {
        hash ^= UInt32(span.unsafeLoad(fromByteOffset: position, as: UInt8.self)) << shift
        position += 1
        shift += 8
      }
      hash &*= multiplier
    }
    hash ^= hash >> 13
    hash &*= multiplier
    hash ^= hash >> 15
    return Int32(bitPattern: hash)
  }
}
