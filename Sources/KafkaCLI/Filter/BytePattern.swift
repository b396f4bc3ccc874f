/// A regular expression over bytes, compiled to a program for a nondeterministic automaton of bounded size.
///
/// The language is that of POSIX extended regular expressions, with `\d`, `\s` and `\w`, `\t`, `\n`, `\r` and `\xHH`
/// beside it. What is not regular, such as a reference to a group, is not part of it, so that matching takes linear
/// time.
package struct BytePattern: Equatable, Sendable {
  /// What is wrong with a pattern, and where.
  package struct SyntaxError: Error {
    let problem: String
    let offset: Int
    var advice: String?
  }

  enum Instruction: Equatable, Sendable {
    /// One byte of a set, given by its index.
    case byte(Int)
    case split(Int, Int)
    case jump(Int)
    case begin
    case end
    case match
  }

  /// How many instructions a program may have, which bounds the time for each byte and the memory.
  static let maximumSize = 4096

  let program: [Instruction]
  let sets: [ByteSet]

  /// Compiles a pattern.
  ///
  /// - Throws: Where it is not understood, or becomes too large.
  package init(parsing text: [UInt8]) throws(SyntaxError) {
    var parser = BytePatternParser(text: text)
    let node = try parser.parse()
    var compiler = Compiler()
    guard compiler.add(node), compiler.append(.match) else {
      throw SyntaxError(
        problem: "the regular expression is too large", offset: 0, advice: "use smaller counts of repetitions")
    }
    program = compiler.program
    sets = compiler.sets
  }

  /// Turns what was parsed into a program. Each step says whether the program is still small enough.
  private struct Compiler {
    var program: [Instruction] = []
    var sets: [ByteSet] = []
    private var indexes: [ByteSet: Int] = [:]
    /// Repetitions of what is empty add no instruction, so the steps are counted too.
    private var steps = 0

    mutating func append(_ instruction: Instruction) -> Bool {
      program.append(instruction)
      return program.count <= BytePattern.maximumSize
    }

    mutating func add(_ node: BytePatternNode) -> Bool {
      steps += 1
      guard steps <= BytePattern.maximumSize * 16 else { return false }
      switch node {
      case .bytes(let set): return append(.byte(index(of: set)))
      case .begin: return append(.begin)
      case .end: return append(.end)
      case .sequence(let parts): return parts.allSatisfy { add($0) }
      case .alternatives(let parts): return add(alternatives: parts)
      case .repeated(let part, let minimum, let maximum): return add(part, minimum, maximum)
      }
    }

    private mutating func index(of set: ByteSet) -> Int {
      if let known = indexes[set] { return known }
      sets.append(set)
      indexes[set] = sets.count - 1
      return sets.count - 1
    }

    private mutating func add(alternatives parts: [BytePatternNode]) -> Bool {
      var jumps: [Int] = []
      for (number, part) in parts.enumerated() {
        let split = program.count
        let isLast = number == parts.count - 1
        if !isLast { guard append(.split(split + 1, 0)) else { return false } }
        guard add(part) else { return false }
        if !isLast {
          jumps.append(program.count)
          guard append(.jump(0)) else { return false }
          program[split] = .split(split + 1, program.count)
        }
      }
      for jump in jumps { program[jump] = .jump(program.count) }
      return true
    }

    private mutating func add(_ part: BytePatternNode, _ minimum: Int, _ maximum: Int?) -> Bool {
      for _ in 0..<minimum { guard add(part) else { return false } }
      guard let maximum else {
        let split = program.count
        guard append(.split(split + 1, 0)), add(part), append(.jump(split)) else { return false }
        program[split] = .split(split + 1, program.count)
        return true
      }
      var splits: [Int] = []
      for _ in minimum..<max(maximum, minimum) {
        splits.append(program.count)
        guard append(.split(program.count + 1, 0)), add(part) else { return false }
      }
      for split in splits { program[split] = .split(split + 1, program.count) }
      return true
    }
  }
}
