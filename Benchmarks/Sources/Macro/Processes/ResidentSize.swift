import Glibc

/// How much of a running process is in memory.
enum ResidentSize {
  /// MiB that are resident now; `nil` once the process has ended.
  static func now(of processID: pid_t) -> Double? {
    guard let text = try? TextFile.contents(of: "/proc/\(processID)/statm") else { return nil }
    let numbers = text.split(separator: " ")
    guard numbers.count > 1, let pages = Double(numbers[1]), pages > 0 else { return nil }
    return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
  }
}
