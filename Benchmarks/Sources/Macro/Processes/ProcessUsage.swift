import Glibc

/// What a whole process took, from just before it was started until its end was known.
struct ProcessUsage {
  /// Seconds.
  var wall: Double
  /// Seconds of user and system time, of the process and the children that it waited for.
  var processorTime: Double
  /// MiB that were resident at most. A process that is started by another begins with what that one had at most, so
  /// that nothing below the size of this suite, some MiB, can be seen.
  var peak: Double

  init(wall: Double, usage: rusage) {
    self.wall = wall
    processorTime = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    peak = Double(usage.ru_maxrss) / 1024
  }

  /// What this process and another took that ran at the same time, where this one's end was waited for first.
  func beside(_ other: ProcessUsage) -> ProcessUsage {
    var sum = self
    sum.wall = max(wall, other.wall)
    sum.processorTime += other.processorTime
    sum.peak += other.peak
    return sum
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
