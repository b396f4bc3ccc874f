import Glibc

/// The kind of machine on which the suite runs. Its name and its users are nobody's business.
package enum Machine {
  /// Processor, the number of its cores that may be used, and the system.
  package static var description: String {
    "\(processor), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores, \(system)"
  }

  private static var processor: String {
    guard let file = fopen("/proc/cpuinfo", "r") else { return "unknown processor" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix("model name"), let colon = text.firstIndex(of: ":") else { continue }
      return text[text.index(after: colon)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    return "unknown processor"
  }

  private static var system: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "unknown system" }
    return "\(text(of: names.sysname)) \(text(of: names.machine))"
  }

  private static func text(of field: some Any) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
