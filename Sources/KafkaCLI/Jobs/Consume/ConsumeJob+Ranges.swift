import KafkaClient

/// What is to be read, before anything is fetched.
extension ConsumeJob {
  /// The ranges of all partitions that are to be read, without those that can have no record that passes the filter.
  func ranges(_ context: JobContext) async throws(KafkaError) -> [PartitionRange] {
    var partitions = try await selectedPartitions(context)
    guard let narrowing = filter.map({ FilterNarrowing($0) }) else {
      return try await ranges(of: partitions, context)
    }
    partitions = partitions.filter { narrowing.admits(topic: $0.topic, partition: $0.partition) }
    guard !partitions.isEmpty else {
      context.diagnostics.note("no partition can have a record that passes the filter")
      return []
    }
    return try await narrow(ranges(of: partitions, context), by: narrowing, context)
  }

  /// Has what is added meanwhile read too, where reading has no end: partitions of topics of which all are read, and
  /// topics that the pattern finds.
  func readAdded(to ranges: [PartitionRange], _ consumer: inout ConsumerConfiguration) {
    guard !consumer.stopsAtEnd, ranges.allSatisfy({ $0.end == nil }) else { return }
    let known = Set(ranges.map(\.partition.topic))
    let found = partitions == nil ? topicPattern?.found(in: Array(known)) ?? [] : []
    let whole = Set(topics.lazy.filter { $0.partitions == nil }.map(\.topic)).union(found)
    let narrowing = filter.map { FilterNarrowing($0) }
    consumer.readsAdded = { [partitions] partition in
      let isSelected =
        known.contains(partition.topic)
        ? whole.contains(partition.topic) : partitions?.contains(partition.partition) ?? true
      return isSelected && narrowing?.admits(topic: partition.topic, partition: partition.partition) ?? true
    }
    if let topicPattern { consumer.findsTopics = { topicPattern.found(in: $0) } }
  }

  private func ranges(of partitions: [TopicPartition], _ context: JobContext) async throws(KafkaError)
    -> [PartitionRange]
  {
    try await context.client.ranges(of: partitions, from: start, until: end, isolation: consumer.isolation)
  }

  private func narrow(
    _ ranges: [PartitionRange], by narrowing: FilterNarrowing, _ context: JobContext
  ) async throws(KafkaError) -> [PartitionRange] {
    let partitions = ranges.map(\.partition)
    var narrowed = ranges
    func resolve(_ place: RecordPosition) async throws(KafkaError) -> [Int64] {
      try await context.client.ranges(of: partitions, from: place, until: nil, isolation: consumer.isolation).map(
        \.start)
    }
    if let first = narrowing.firstOffset, ranges.contains(where: { $0.start < first }) {
      // A partition that has no such offset yet is read from its end.
      for (index, end) in try await resolve(.latest).enumerated() {
        narrowed[index].start = max(narrowed[index].start, min(first, end))
      }
    }
    if let end = narrowing.endOffset {
      for index in narrowed.indices { narrowed[index].end = min(narrowed[index].end ?? .max, end) }
    }
    if let time = narrowing.firstTime {
      do throws(KafkaError) {
        for (index, start) in try await resolve(.timestamp(time)).enumerated() {
          narrowed[index].start = max(narrowed[index].start, start)
        }
      } catch {
        // Brokers that cannot find a time have more to send, which the filter looks at all the same.
        guard error.code == .unsupportedVersion else { throw error }
      }
    }
    return narrowed
  }

  private func selectedPartitions(_ context: JobContext) async throws(KafkaError) -> [TopicPartition] {
    var selections = topics
    if let topicPattern { selections += try await found(by: topicPattern, context) }
    var selected: [TopicPartition] = []
    var seen: Set<TopicPartition> = []
    for (selection, known) in zip(selections, try await context.client.partitions(of: selections.map(\.topic))) {
      if let missing = selection.partitions?.firstMissing(ofTopicWith: Int32(clamping: known.count)) {
        throw .unknownPartition(missing, of: selection.topic, count: known.count)
      }
      for index in known where selection.partitions?.contains(index) ?? true {
        let partition = TopicPartition(selection.topic, index)
        if seen.insert(partition).inserted { selected.append(partition) }
      }
    }
    return selected
  }

  /// The topics there are now whose names are found, without those that the cluster keeps its own state in.
  private func found(by pattern: TopicPattern, _ context: JobContext) async throws(KafkaError) -> [TopicSelection] {
    let names = try await context.client.metadata().topics.filter { !$0.isInternal }.map(\.name)
    let found = pattern.found(in: names)
    guard !found.isEmpty else {
      throw KafkaError(.unknownTopicOrPartition, "no topic has a name that '\(pattern.text)' finds")
    }
    return found.map { TopicSelection(topic: $0, partitions: partitions) }
  }
}
