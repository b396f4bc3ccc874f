/// Numbers in the order in which they came, most of them a fixed step above the one before.
///
/// As long as all are, they cost nothing; from the first one that is not on, each costs one byte if it is near the one
/// before, and at most ten.
package struct NumberSequence: Sendable {
  /// The first number, or 0 when there is none.
  package private(set) var first: Int64 = 0
  /// The last number, or 0 when there is none.
  package private(set) var last: Int64 = 0
  package private(set) var count = 0
  private let step: Int64
  /// How many numbers at the beginning are each a step above the one before.
  private var runCount = 0
  /// For each number behind those: its distance from a step above the one before, with the sign in the lowest bit,
  /// seven bits a byte, the lowest first.
  private var deltas: [UInt8] = []

  package init(step: Int64) { self.step = step }

  /// The bytes that the numbers take, beyond the value itself.
  package var byteCount: Int { deltas.count }

  /// Whether every number is a step above the one before.
  package var isUnbroken: Bool { runCount == count }

  /// - Complexity: O(1); allocates only when the bytes of irregular numbers have outgrown their memory.
  @inline(__always)
  package mutating func append(_ number: Int64) {
    if runCount == count, number == last &+ step || count == 0 {
      if count == 0 { first = number }
      runCount += 1
    } else {
      appendDelta(number)
    }
    last = number
    count += 1
  }

  private mutating func appendDelta(_ number: Int64) {
    let delta = number &- last &- step
    var rest = UInt64(bitPattern: delta << 1 ^ delta >> 63)
    while rest > 127 {
      deltas.append(UInt8(truncatingIfNeeded: rest | 128))
      rest >>= 7
    }
    deltas.append(UInt8(truncatingIfNeeded: rest))
  }
}

extension NumberSequence: Sequence {
  package struct Iterator: IteratorProtocol {
    private let numbers: NumberSequence
    private var index = 0
    private var position = 0
    private var current: Int64

    init(_ numbers: NumberSequence) {
      self.numbers = numbers
      current = numbers.first
    }

    package mutating func next() -> Int64? {
      guard index < numbers.count else { return nil }
      if index >= numbers.runCount {
        current = current &+ numbers.step &+ nextDelta()
      } else if index > 0 {
        current = current &+ numbers.step
      }
      index += 1
      return current
    }

    private mutating func nextDelta() -> Int64 {
      var bits: UInt64 = 0
      var shift: UInt64 = 0
      while position < numbers.deltas.count {
        let byte = numbers.deltas[position]
        position += 1
        bits |= UInt64(byte & 127) << shift
        shift += 7
        if byte < 128 { break }
      }
      return Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
    }
  }

  package func makeIterator() -> Iterator { Iterator(self) }

  package var underestimatedCount: Int { count }
}
