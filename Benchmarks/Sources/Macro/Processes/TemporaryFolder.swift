import Glibc
import TestHarness

/// Where the suite keeps files: inputs, which stay for the next run, and those of one run.
struct TemporaryFolder {
  /// Made inputs, which stay.
  let inputs: String
  /// Of this process alone; it is removed by `remove`, or by the next run if this one is killed.
  let scratch: String

  init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let root = "\(base)/kavka-benchmarks-\(getuid())"
    inputs = "\(root)/inputs"
    scratch = "\(root)/run-\(getpid())"
    for folder in [root, inputs, scratch] where mkdir(folder, 0o700) != 0 && errno != EEXIST {
      throw Failure("\(folder): \(String(cString: strerror(errno)))")
    }
  }

  func file(_ name: String) -> String { "\(scratch)/\(name)" }

  func remove() {
    for name in Self.names(in: scratch) { unlink("\(scratch)/\(name)") }
    rmdir(scratch)
  }

  /// The names of what is in a folder; empty where there is none.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
