extension Invocation {
  /// The job of a command that the shell runs.
  ///
  /// - Parameter now: Milliseconds since 1970-01-01 UTC, from which places in the past are counted.
  func shellJob(now: Int64) -> any Job {
    switch self {
    case .produce(let arguments): ProduceJob(arguments)
    case .consume(let arguments): ConsumeJob(arguments, now: now)
    case .offsets(let arguments): arguments.job(now: now)
    case .offsetChange(let arguments): OffsetChangeJob(arguments, now: now)
    case .metadata(let arguments): MetadataJob(arguments)
    case .text(let text): TextJob(text: text)
    case .table(let table): TableJob(table: table)
    case .version: TextJob(text: VersionText.line)
    case .shell, .mock: preconditionFailure("the shell does not run these")
    }
  }

  /// How many signals the command makes use of before it is left: the first one ends what it does, and where records
  /// have still to be sent after that, a second one ends that too.
  var usedSignals: Int { if case .produce = self { 2 } else { 1 } }
}
