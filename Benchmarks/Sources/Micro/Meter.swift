import CAllocationCount
import CInstructions
import Glibc

/// Measures benchmarks in this process, one repetition at a time.
struct Meter {
  /// How long a benchmark is repeated, in nanoseconds of processor time.
  private static let duration: Int64 = 100_000_000
  private static let leastRepetitions = 5

  /// The descriptor of the processor's counter of instructions, where there is one.
  private let counter: Int32?

  init() {
    let descriptor = instruction_counter_open()
    counter = descriptor < 0 ? nil : descriptor
  }

  /// Whether instructions are counted by the processor itself.
  var countsInstructions: Bool { counter != nil }

  /// Repeats a benchmark. Its first repetition, in which memory gets its size and what is made once is made, is not
  /// measured.
  func measure(_ benchmark: Benchmark) throws -> (work: Work, figures: Figures) {
    let stage = try benchmark.prepared()
    try stage.reset()
    let work = try stage.run()
    guard work.items > 0 else { throw BenchmarkError.noWork(benchmark.name) }
    var times: [Int64] = []
    var allocations = Int.max
    var instructions: Int64 = .max
    var total: Int64 = 0
    while total < Self.duration || times.count < Self.leastRepetitions {
      try stage.reset()
      let (startCount, startInstructions, start) = (allocation_count(), instructionCount, Self.processorTime)
      let again = try stage.run()
      let (end, endInstructions, endCount) = (Self.processorTime, instructionCount, allocation_count())
      guard again == work else { throw BenchmarkError.unequalWork(benchmark.name, work, again) }
      times.append(end - start)
      allocations = min(allocations, endCount - startCount)
      instructions = min(instructions, endInstructions - startInstructions)
      total += end - start
    }
    let items = Double(work.items)
    let figures = Figures(
      bytes: Double(work.bytes) / items, instructions: countsInstructions ? Double(instructions) / items : nil,
      allocations: Double(allocations) / items, nanoseconds: Double(Self.median(times)) / items)
    return (work, figures)
  }

  /// Not the least: a virtual machine takes away from the time of a thread what it believes to have been stolen from
  /// it, and sometimes too much.
  private static func median(_ times: [Int64]) -> Int64 { times.sorted()[times.count / 2] }

  private var instructionCount: Int64 {
    guard let counter else { return 0 }
    var count: Int64 = 0
    return read(counter, &count, 8) == 8 ? count : 0
  }

  private static var processorTime: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// A benchmark that does not do what it says.
enum BenchmarkError: Error, CustomStringConvertible {
  case noWork(String)
  case unequalWork(String, Work, Work)
  case badSample(String)

  var description: String {
    switch self {
    case .noWork(let name): "\(name) does nothing"
    case .unequalWork(let name, let first, let other):
      "\(name) does \(first.items) items of \(first.bytes) bytes, and \(other.items) of \(other.bytes) when repeated"
    case .badSample(let what): "a sample cannot be made: \(what)"
    }
  }
}
