/// Looks for a pattern in bytes by a deterministic automaton that is made while it is used.
///
/// - Complexity: Linear in the bytes, whatever they are; where a state is new, times the size of the pattern. It has at
///   most ``maximumStates`` states at a time, beyond which it begins anew, and allocates only for a new one.
struct PatternMatcher {
  private static let maximumStates = 256
  private static let unknown: Int32 = -1

  private struct State {
    /// The instructions at which the program may be, in order: sets of bytes, and ends of the text.
    var places: [UInt16]
    var isMatch: Bool
    /// Whether it matches if the text ends here.
    var isMatchAtEnd: Bool
    /// Whether nothing can match any more.
    var isDead: Bool
  }

  private let pattern: BytePattern
  /// The bytes that no set tells apart have the same class.
  private let classes: [UInt8]
  private let classCount: Int
  /// For each set of the pattern and each class, whether the set has it.
  private let memberships: [Bool]
  private var states: [State] = []
  private var indexes: [[UInt16]: Int32] = [:]
  /// For each state and each class the state behind it.
  private var transitions: [Int32] = []

  init(_ pattern: BytePattern) {
    self.pattern = pattern
    var classes: [UInt8] = []
    var known: [[Bool]: UInt8] = [:]
    var signatures: [[Bool]] = []
    for byte in UInt8.min...UInt8.max {
      let signature = pattern.sets.map { $0.contains(byte) }
      // There are at most as many classes as bytes.
      let number = known[signature] ?? UInt8(truncatingIfNeeded: signatures.count)
      if known[signature] == nil {
        known[signature] = number
        signatures.append(signature)
      }
      classes.append(number)
    }
    self.classes = classes
    classCount = signatures.count
    memberships = pattern.sets.indices.flatMap { set in signatures.map { $0[set] } }
    addStart()
  }

  /// Whether the pattern matches somewhere in the bytes.
  mutating func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var state = 0
    if states[state].isMatch { return true }
    for byte in bytes {
      let slot = state * classCount + Int(classes[Int(byte)])
      let known = transitions[slot]
      state = known == Self.unknown ? advance(state, classes[Int(byte)]) : Int(known)
      if states[state].isMatch { return true }
      if states[state].isDead { return false }
    }
    return states[state].isMatchAtEnd
  }

  private mutating func addStart() {
    var marks = Marks(count: pattern.program.count)
    follow(0, atBegin: true, &marks)
    // What begins the text is not what comes back later, even where the places are the same.
    _ = add(marks, atBegin: true)
    indexes = [:]
  }

  /// Makes the state behind a state for a class of bytes.
  private mutating func advance(_ state: Int, _ byteClass: UInt8) -> Int {
    var marks = Marks(count: pattern.program.count)
    for place in states[state].places {
      guard case .byte(let set) = pattern.program[Int(place)], memberships[set * classCount + Int(byteClass)] else {
        continue
      }
      follow(Int(place) + 1, atBegin: false, &marks)
    }
    // A match may begin at any byte.
    follow(0, atBegin: false, &marks)
    if let known = indexes[marks.key] {
      transitions[state * classCount + Int(byteClass)] = known
      return Int(known)
    }
    guard states.count < Self.maximumStates else {
      states.removeAll(keepingCapacity: true)
      transitions.removeAll(keepingCapacity: true)
      addStart()
      return add(marks, atBegin: false)
    }
    let new = add(marks, atBegin: false)
    transitions[state * classCount + Int(byteClass)] = Int32(new)
    return new
  }

  private mutating func add(_ marks: Marks, atBegin: Bool) -> Int {
    var atEnd = Marks(count: pattern.program.count)
    for place in marks.places where pattern.program[Int(place)] == .end {
      follow(Int(place) + 1, atBegin: atBegin, atEnd: true, &atEnd)
    }
    states.append(
      State(
        places: marks.places, isMatch: marks.isMatch, isMatchAtEnd: marks.isMatch || atEnd.isMatch,
        isDead: marks.places.isEmpty && !marks.isMatch))
    transitions.append(contentsOf: repeatElement(Self.unknown, count: classCount))
    indexes[marks.key] = Int32(states.count - 1)
    return states.count - 1
  }

  /// Which instructions have been reached.
  private struct Marks {
    private var seen: [Bool]
    private(set) var places: [UInt16] = []
    var isMatch = false
    /// What tells the state from others. From a match nothing leads on, so all of them are one.
    var key: [UInt16] { isMatch ? [.max] : places }
    var pending: [Int] = []

    init(count: Int) { seen = [Bool](repeating: false, count: count) }

    mutating func mark(_ place: Int) -> Bool {
      defer { seen[place] = true }
      return !seen[place]
    }

    mutating func add(_ place: Int) { places.append(UInt16(place)) }
  }

  /// Marks what can be reached from an instruction without a byte.
  private func follow(_ start: Int, atBegin: Bool, atEnd: Bool = false, _ marks: inout Marks) {
    marks.pending.append(start)
    while let place = marks.pending.popLast() {
      guard marks.mark(place) else { continue }
      switch pattern.program[place] {
      case .byte: marks.add(place)
      case .split(let first, let second):
        marks.pending.append(second)
        marks.pending.append(first)
      case .jump(let target): marks.pending.append(target)
      case .begin: if atBegin { marks.pending.append(place + 1) }
      case .end: if atEnd { marks.pending.append(place + 1) } else { marks.add(place) }
      case .match: marks.isMatch = true
      }
    }
  }
}
