extension JSONCursor {
  /// Passes the value that is next.
  ///
  /// - Complexity: O(*n*) in the bytes, in memory that does not grow with the depth.
  mutating func skipValue() -> Bool {
    /// A bit for each container that is open, the innermost lowest: whether it is an object.
    var objects: UInt128 = 0
    var depth = 0
    while true {
      let kind = kind
      switch kind {
      case .object, .array:
        guard depth < limits.depth else { return fail(.tooDeep) }
        objects = objects &<< 1 | (kind == .object ? 1 : 0)
        depth += 1
        position += 1
        skipBlanks()
        if next != (kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          guard kind == .array || skipName() else { return false }
          continue
        }
      case .string: guard skipString() else { return false }
      case .true_: guard take("true") else { return fail(.noValue) }
      case .false_: guard take("false") else { return fail(.noValue) }
      case .null: guard take("null") else { return fail(.noValue) }
      case .number, nil: guard skipNumber() else { return false }
      }
      // A value has ended: containers may end, or another value follows.
      while depth > 0 {
        skipBlanks()
        guard take(objects & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { break }
        objects &>>= 1
        depth -= 1
      }
      if depth == 0 { return true }
      let isInObject = objects & 1 == 1
      guard take(UInt8(ascii: ",")) else { return fail(isInObject ? .noEndOfObject : .noEndOfArray) }
      skipBlanks()
      guard !isInObject || skipName() else { return false }
    }
  }

  /// Passes the name of a member, its colon and the blanks before the value.
  mutating func skipName() -> Bool {
    guard next == UInt8(ascii: "\"") else { return fail(.noName) }
    return skipString() && skipColon()
  }

  /// Passes the colon behind a name, and the blanks around it.
  mutating func skipColon() -> Bool {
    skipBlanks()
    guard take(UInt8(ascii: ":")) else { return fail(.noColon) }
    skipBlanks()
    return true
  }

  private mutating func skipNumber() -> Bool {
    _ = take(UInt8(ascii: "-"))
    guard take(UInt8(ascii: "0")) || skipDigits(atMost: limits.digits) else { return false }
    if take(UInt8(ascii: ".")) { guard skipDigits(atMost: limits.digits) else { return false } }
    guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return true }
    if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
    return skipDigits(atMost: limits.exponentDigits)
  }

  private mutating func skipDigits(atMost limit: Int) -> Bool {
    let start = position
    while let byte = next, 0x30...0x39 ~= byte { position += 1 }
    guard position > start else { return fail(position == bytes.count ? .endsTooEarly : .noValue) }
    return position - start <= limit || fail(.tooManyDigits)
  }
}
