extension WireWriter {
  mutating func nullableStruct(_ value: (some WireStruct)?, version: Int16) throws(WireError) {
    isPresent(value != nil)
    if let value { try value.encode(into: &self, version: version) }
  }

  mutating func array(
    _ elements: [some WireStruct], version: Int16, compact: Bool
  ) throws(WireError) {
    try count(elements.count, compact: compact)
    for element in elements { try element.encode(into: &self, version: version) }
  }

  mutating func nullableArray(
    _ elements: [some WireStruct]?, version: Int16, compact: Bool
  ) throws(WireError) {
    if let elements {
      try array(elements, version: version, compact: compact)
    } else {
      null(compact: compact)
    }
  }

  mutating func values(_ values: [some WireValue], compact: Bool) throws(WireError) {
    try count(values.count, compact: compact)
    for value in values { try value.encode(into: &self, compact: compact) }
  }

  mutating func nullableValues(_ values: [some WireValue]?, compact: Bool) throws(WireError) {
    if let values { try self.values(values, compact: compact) } else { null(compact: compact) }
  }
}
