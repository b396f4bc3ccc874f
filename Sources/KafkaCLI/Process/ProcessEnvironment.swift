import Glibc

/// The environment of the process.
enum ProcessEnvironment {
  /// All variables; the first of a name counts.
  static var variables: [String: String] {
    var variables: [String: String] = [:]
    guard var entry = Optional(environ) else { return variables }
    while let text = entry.pointee {
      if let end = strchr(text, Int32(UInt8(ascii: "="))) {
        let name = String(decoding: UnsafeRawBufferPointer(start: text, count: end - text), as: UTF8.self)
        if variables[name] == nil { variables[name] = String(cString: end + 1) }
      }
      entry += 1
    }
    return variables
  }
}
