import Glibc
import TestHarness

/// Makes the files of inputs.
enum InputFile {
  /// The path of an input, which is made unless it is there from an earlier run.
  static func path(of input: Input, in folder: String) throws -> String {
    let path = "\(folder)/\(input.name)"
    var status = stat()
    if stat(path, &status) == 0, Int(status.st_size) == input.fileBytes { return path }
    let unfinished = "\(path).\(getpid())"
    try Stream.file(unfinished).withDescriptor(writing: true) { try write(input, to: $0, unfinished) }
    guard rename(unfinished, path) == 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
    return path
  }

  private static func write(_ input: Input, to descriptor: Int32, _ name: String) throws {
    var generator = Generator(seed: 1)
    let words = vocabulary(&generator)
    var block: [UInt8] = []
    block.reserveCapacity(blockBytes + input.valueBytes + 64)
    for number in 0..<input.records {
      if input.isKeyed {
        block += "key-".utf8
        appendDigits(of: generator.next(below: 100_000), width: 6, to: &block)
        block.append(UInt8(ascii: "\t"))
      }
      let start = block.count
      appendDigits(of: number, width: min(input.valueBytes, 8), to: &block)
      while block.count - start < input.valueBytes {
        block.append(UInt8(ascii: " "))
        block += words[generator.next(below: words.count)]
      }
      block.removeLast(block.count - start - input.valueBytes)
      block.append(UInt8(ascii: "\n"))
      if block.count >= blockBytes {
        try Descriptor.write(block, to: descriptor, name)
        block.removeAll(keepingCapacity: true)
      }
    }
    try Descriptor.write(block, to: descriptor, name)
  }

  private static let blockBytes = 1 << 18

  private static func vocabulary(_ generator: inout Generator) -> [[UInt8]] {
    (0..<3000).map { _ in
      (0..<3 + generator.next(below: 7)).map { _ in UInt8(ascii: "a") + UInt8(generator.next(below: 26)) }
    }
  }

  private static func appendDigits(of number: Int, width: Int, to block: inout [UInt8]) {
    let start = block.count
    var rest = number
    for _ in 0..<width {
      block.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    }
    block[start...].reverse()
  }
}
