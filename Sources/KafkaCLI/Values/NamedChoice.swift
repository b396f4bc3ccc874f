/// A value that is one of a few words.
package protocol NamedChoice: CaseIterable, RawRepresentable, Sendable where RawValue == String {}

extension NamedChoice {
  package static var names: [String] { allCases.map(\.rawValue) }

  package init(argument text: String) throws(UsageError) {
    guard let choice = Self(rawValue: text) else {
      let names = Self.names
      throw UsageError(
        "'\(text)' is not one of \(names.joined(separator: ", "))",
        advice: NearestName.of(text, in: names).map { "did you mean \($0)?" })
    }
    self = choice
  }
}

/// How records without a partition of their own find one.
package enum PartitionerName: String, NamedChoice {
  case murmur2, crc32, random
  case roundRobin = "round-robin"
}

/// Whether records of transactions that are open or were aborted are read.
package enum IsolationName: String, NamedChoice {
  case readCommitted = "read_committed"
  case readUncommitted = "read_uncommitted"
}

/// What happens when the position in a partition is out of range.
package enum ResetPolicy: String, NamedChoice {
  case fail, earliest, latest
}

/// In which order records of several partitions are written.
package enum RecordOrder: String, NamedChoice {
  case time
}

/// A shell that a completion script is written for.
package enum ShellName: String, NamedChoice {
  case bash, zsh, fish
}

/// How `produce` tells of records that were stored.
package enum ReportForm: String, NamedChoice {
  case text, json
}
