/// One word of a command line as the operating system passes it: bytes that need not be UTF-8.
///
/// Keys, delimiters and file names stay bytes, so none of them is changed on its way through a `String`.
package struct Argument: Hashable, Sendable {
  package var bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package init(_ text: String) { bytes = Array(text.utf8) }

  /// The text for messages; bytes that are not UTF-8 are replaced.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text for values that have to be text.
  package func validText() throws(UsageError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UsageError("'\(text)' is not UTF-8")
    }
    return text
  }

  /// The words that the process was started with, without the program's name.
  package static func ofProcess() -> [Argument] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      CommandLine.unsafeArgv[index].map { word in
        Argument(bytes: Array(UnsafeRawBufferPointer(start: word, count: length(of: word))))
      }
    }
  }

  private static func length(of word: UnsafePointer<CChar>) -> Int {
    var length = 0
    while word[length] != 0 { length += 1 }
    return length
  }
}

extension Argument: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(text) }
}
