import CInstructions
import Glibc

/// Counts the instructions of benchmarks by running this program once more, under Valgrind's Callgrind, which carries
/// out and counts each of them. What else the machine does makes no difference to it.
enum Callgrind {
  /// The argument by which the program knows that it is the one under Callgrind.
  static let argument = "--under-callgrind"
  private static let trigger = "desc: Trigger: Client Request: "

  /// - Returns: The instructions of one repetition of each benchmark, by name, or why there are none.
  static func count(_ benchmarks: [Benchmark]) -> Result<[String: Int64], Unavailable> {
    guard callgrind_is_known() else { return .failure(Unavailable(reason: "it was built without Valgrind's header")) }
    var path = Array("/tmp/callgrind-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { return .failure(Unavailable(reason: "no file can be made in /tmp")) }
    close(descriptor)
    defer { unlink(path) }
    guard let program else { return .failure(Unavailable(reason: "this program does not find itself")) }
    let file = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let words =
      [
        "valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no", "--combine-dumps=yes",
        "--callgrind-out-file=\(file)", program, argument,
      ] + benchmarks.map(\.name)
    guard let status = run(words) else { return .failure(Unavailable(reason: "valgrind is not installed")) }
    guard status == 0 else { return .failure(Unavailable(reason: "valgrind ended with status \(status)")) }
    return .success(totals(of: file))
  }

  /// What the program does under Callgrind: counts one repetition of each benchmark, behind one that is not counted.
  static func countHere(_ benchmarks: [Benchmark]) throws {
    for benchmark in benchmarks {
      let stage = try benchmark.prepared()
      try stage.reset()
      _ = try stage.run()
      try stage.reset()
      callgrind_begin()
      _ = try stage.run()
      callgrind_end(benchmark.name)
    }
  }

  private static var program: String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count)
    return count > 0 ? String(decoding: path[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  private static func run(_ words: [String]) -> Int32? {
    var process: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    guard posix_spawnp(&process, words[0], nil, nil, &arguments, environ) == 0 else { return nil }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { return nil } }
    return status
  }

  /// Reads what Callgrind has written: parts, each with the name that was given to it and its total.
  private static func totals(of path: String) -> [String: Int64] {
    var totals: [String: Int64] = [:]
    guard let file = fopen(path, "r") else { return totals }
    defer { fclose(file) }
    var name: String?
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      if text.hasPrefix(trigger) {
        name = String(text.dropFirst(trigger.count))
      } else if text.hasPrefix("totals: "), let count = Int64(text.dropFirst(8)) {
        if let name { totals[name] = count }
        name = nil
      }
    }
    return totals
  }

  /// Why nothing was counted.
  struct Unavailable: Error {
    let reason: String
  }
}
