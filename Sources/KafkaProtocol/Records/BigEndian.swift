extension RawSpan {
  /// The integer at `offset`; the caller has checked that it is inside.
  @inline(__always)
  func bigEndian<Value: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as: Value.Type = Value.self) -> Value {
    Value(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self))
  }
}

extension UnsafeMutableRawBufferPointer {
  @inline(__always)
  func storeBigEndian<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value, at offset: Int) {
    storeBytes(of: value.bigEndian, toByteOffset: offset, as: Value.self)
  }
}

extension UnsafeMutableRawPointer {
  /// Writes an integer and moves behind it.
  @inline(__always)
  mutating func write<Value: FixedWidthInteger & BitwiseCopyable>(bigEndian value: Value) {
    storeBytes(of: value.bigEndian, as: Value.self)
    self += MemoryLayout<Value>.size
  }

  /// Copies bytes and moves behind them.
  @inline(__always)
  mutating func write(_ span: RawSpan) {
    span.withUnsafeBytes { source in
      if let base = source.baseAddress { copyMemory(from: base, byteCount: source.count) }
    }
    self += span.byteCount
  }
}
