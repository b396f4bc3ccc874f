import Buffers

/// What libFuzzer calls once, before the first input.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutableRawPointer
) -> CInt {
  if let folder = FuzzTarget.seedFolder { Seeds.write(to: folder) }
  return 0
}

/// What libFuzzer calls with each input. A trap is a find; an error is what hostile bytes should get.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  FuzzTarget.selected.run(Bytes(copying: UnsafeBufferPointer(start: data, count: size)))
  return 0
}
