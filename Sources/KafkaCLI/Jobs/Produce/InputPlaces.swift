import KafkaClient
import Synchronization

/// Where records of the input are, by their numbers, in the words of messages.
///
/// Records are numbered through all files. Written by the task that reads and read by whoever tells of a failure.
final class InputPlaces: Sendable {
  /// The most ranges of numbers that are listed one by one.
  private static let listedRanges = 4

  /// What one record is called: `line`, or `record` where records are not lines.
  private let unit: String
  /// Whether files are named, because there are several.
  private let namesFiles: Bool
  /// The files that were begun, with the number of the last record before each.
  private let files = Mutex<[(before: Int64, file: InputFile)]>([])

  init(unit: String, namesFiles: Bool) {
    self.unit = unit
    self.namesFiles = namesFiles
  }

  /// Takes note of a file whose first record has the number behind `number`.
  func begin(_ file: InputFile, after number: Int64) { files.withLock { $0.append((number, file)) } }

  /// Names one record: `line 5`, or `line 5 of a.log`.
  func name(of number: Int64) -> String {
    let (local, file) = place(of: number)
    return "\(unit) \(local)" + (file.map { " of \($0.name)" } ?? "")
  }

  /// Names many records, or the first and last of them: `lines 1, 3 and 5 to 9`, `among lines 1 to 900`.
  func names(of numbers: NumberSequence) -> String {
    guard numbers.count > 1 else { return name(of: numbers.first) }
    guard let ranges = ranges(of: numbers) else { return among(numbers.first, numbers.last) }
    let (_, firstFile) = place(of: numbers.first)
    guard firstFile == place(of: numbers.last).file else {
      return (numbers.isUnbroken ? "" : "among ") + names(from: numbers.first, to: numbers.last)
    }
    let before = numbers.first - place(of: numbers.first).number
    var words = ranges.map { range in
      let (first, last) = (range.lowerBound - before, range.upperBound - before)
      return first == last ? "\(first)" : "\(first) to \(last)"
    }
    let last = words.removeLast()
    let list = words.isEmpty ? last : words.joined(separator: ", ") + " and " + last
    return "\(unit)s \(list)" + (firstFile.map { " of \($0.name)" } ?? "")
  }

  /// Names where records are of which not all were kept in mind.
  func among(_ first: Int64, _ last: Int64) -> String {
    first == last ? name(of: first) : "among " + names(from: first, to: last)
  }

  func names(from first: Int64, to last: Int64) -> String {
    let (start, end) = (place(of: first), place(of: last))
    guard start.file == end.file else { return "\(name(of: first)) to \(name(of: last))" }
    return "\(unit)s \(start.number) to \(end.number)" + (start.file.map { " of \($0.name)" } ?? "")
  }

  /// The runs of numbers that follow one another, or nil when they are too many to be listed.
  private func ranges(of numbers: NumberSequence) -> [ClosedRange<Int64>]? {
    var ranges: [ClosedRange<Int64>] = []
    for number in numbers {
      if let range = ranges.last, range.upperBound + 1 == number {
        ranges[ranges.count - 1] = range.lowerBound...number
      } else {
        guard ranges.count < Self.listedRanges else { return nil }
        ranges.append(number...number)
      }
    }
    return ranges
  }

  /// The number in its own file, and the file if files are named.
  private func place(of number: Int64) -> (number: Int64, file: InputFile?) {
    files.withLock { files in
      guard let (before, file) = files.last(where: { $0.before < number }) else { return (number, nil) }
      return (number - before, namesFiles ? file : nil)
    }
  }
}
