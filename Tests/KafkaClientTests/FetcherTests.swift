import Testing

@testable import KafkaClient

@Suite("The partitions that are read from one broker")
struct FetcherTests {
  private static func cursor(_ partition: Int32) -> Cursor {
    Cursor(
      PartitionRange(TopicPartition("t", partition), start: 0, end: nil), maximumBytes: 1,
      backoff: Backoff(.milliseconds(1) ... .milliseconds(2)))
  }

  private static func partitions(of fetcher: Fetcher) -> [Int32] { fetcher.cursors.map(\.partition.partition) }

  @Test("one that leaves and comes back is there once, at the end")
  func returns() {
    let fetcher = Fetcher(broker: 1)
    let cursors = (0..<4).map(Self.cursor)
    cursors.forEach(fetcher.add)
    fetcher.remove(cursors[1])
    fetcher.add(cursors[1])
    #expect(Self.partitions(of: fetcher) == [0, 2, 3, 1])
    fetcher.remove(cursors[1])
    fetcher.remove(cursors[0])
    fetcher.rotate()
    #expect(Self.partitions(of: fetcher) == [3, 2])
    fetcher.remove(cursors[2])
    fetcher.remove(cursors[3])
    fetcher.rotate()
    #expect(Self.partitions(of: fetcher) == [])
  }
}
