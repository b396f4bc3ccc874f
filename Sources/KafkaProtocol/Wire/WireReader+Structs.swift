extension WireReader {
  mutating func nullableStruct<Value: WireStruct>(
    of type: Value.Type, version: Int16
  ) throws(WireError) -> Value? {
    try isPresent() ? try Value(from: &self, version: version) : nil
  }

  mutating func array<Element: WireStruct>(
    of type: Element.Type, version: Int16, compact: Bool
  ) throws(WireError) -> [Element] {
    try elements(count: try arrayCount(compact: compact, elementSize: Element.smallestSize), version: version)
  }

  mutating func nullableArray<Element: WireStruct>(
    of type: Element.Type, version: Int16, compact: Bool, allowsNull: Bool = true
  ) throws(WireError) -> [Element]? {
    let count = try nullableArrayCount(
      compact: compact, elementSize: Element.smallestSize, allowsNull: allowsNull)
    guard let count else { return nil }
    return try elements(count: count, version: version)
  }

  private mutating func elements<Element: WireStruct>(
    count: Int, version: Int16
  ) throws(WireError) -> [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(reservation(count, stride: MemoryLayout<Element>.stride))
    for _ in 0..<count { elements.append(try Element(from: &self, version: version)) }
    return elements
  }

  mutating func values<Element: WireValue>(
    of type: Element.Type, compact: Bool
  ) throws(WireError) -> [Element] {
    try values(count: try arrayCount(compact: compact, elementSize: Element.smallestSize), compact: compact)
  }

  mutating func nullableValues<Element: WireValue>(
    of type: Element.Type, compact: Bool, allowsNull: Bool = true
  ) throws(WireError) -> [Element]? {
    let count = try nullableArrayCount(
      compact: compact, elementSize: Element.smallestSize, allowsNull: allowsNull)
    guard let count else { return nil }
    return try values(count: count, compact: compact)
  }

  private mutating func values<Element: WireValue>(
    count: Int, compact: Bool
  ) throws(WireError) -> [Element] {
    var values: [Element] = []
    values.reserveCapacity(reservation(count, stride: MemoryLayout<Element>.stride))
    for _ in 0..<count { values.append(try Element(from: &self, compact: compact)) }
    return values
  }
}
