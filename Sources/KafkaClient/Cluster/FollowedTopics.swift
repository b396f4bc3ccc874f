import Transport

/// The topics that metadata is asked for: those that somebody uses now, and those that somebody has used lately.
struct FollowedTopics {
  private struct Entry {
    var interest: TopicInterest
    var users = 0
    /// When the last one stopped using it.
    var idleSince = Instant(nanoseconds: 0)
  }

  private var entries: [String: Entry] = [:]
  private var usersOfAll = 0

  /// What to ask for.
  var interest: [String: TopicInterest] { entries.mapValues(\.interest) }

  /// Whether somebody wants to know of all topics that there are.
  var areAllUsed: Bool { usersOfAll > 0 }

  /// Counts one who wants to know of all topics, until ``releaseAll()``.
  mutating func addAll() { usersOfAll += 1 }

  mutating func releaseAll() { usersOfAll -= 1 }

  /// Counts one who uses a topic, until ``release(_:at:)``.
  mutating func add(_ topic: String, createIfMissing: Bool) {
    var entry = entries[topic] ?? Entry(interest: TopicInterest(mayCreate: false))
    entry.users += 1
    entry.interest.mayCreate = entry.interest.mayCreate || createIfMissing
    entries[topic] = entry
  }

  /// Counts one less. Who comes next may need the topic soon, so it is not dropped at once.
  mutating func release(_ topic: String, at now: Instant) {
    entries[topic]?.users -= 1
    entries[topic]?.idleSince = now
  }

  /// Drops what nobody has used for so long.
  mutating func dropIdle(for duration: Duration, at now: Instant) {
    entries = entries.filter { $0.value.users > 0 || now - $0.value.idleSince < duration }
  }

  /// Notes that a topic is there, so that it need not be created any more by being asked for.
  mutating func noteExisting(_ topic: String) { entries[topic]?.interest.mayCreate = false }
}

/// Why a topic is asked for.
struct TopicInterest: Sendable {
  /// Whether asking may make the broker create it.
  var mayCreate: Bool
}
