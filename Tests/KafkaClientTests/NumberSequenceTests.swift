import KafkaClient
import Testing

@Suite("Sequences of numbers")
struct NumberSequenceTests {
  @Test(
    "numbers come out as they went in",
    arguments: [
      [], [5], [1, 2, 3, 4], [1, 2, 3, 7, 8, 9, 100_000, 100_001], [9, 3, 3, -4, 0],
      [.max, .min, 0, .max, .max - 1, .min, .min], [.max, .min, .min + 1],
    ] as [[Int64]], [0, 1] as [Int64])
  func roundTrip(numbers: [Int64], step: Int64) {
    var sequence = NumberSequence(step: step)
    for number in numbers { sequence.append(number) }
    #expect(Array(sequence) == numbers)
    #expect(sequence.count == numbers.count)
    #expect(sequence.first == numbers.first ?? 0)
    #expect(sequence.last == numbers.last ?? 0)
  }

  @Test("numbers that follow one another cost nothing, those with small gaps a byte each")
  func costs() {
    var sequence = NumberSequence(step: 1)
    for number in 1...1000 { sequence.append(Int64(number)) }
    #expect(sequence.byteCount == 0 && sequence.isUnbroken)
    for number in 1...1000 { sequence.append(1000 + Int64(number) * 20) }
    #expect(sequence.byteCount == 1000 && !sequence.isUnbroken)
  }
}
