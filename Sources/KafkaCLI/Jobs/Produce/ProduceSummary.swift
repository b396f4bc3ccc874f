import KafkaClient

/// What became of the records of a run: its last line, and its exit status.
struct ProduceSummary {
  private let report: ProduceReport
  private let failed: Int

  /// - Parameter refused: The records that were read and never given to the producer.
  init(_ report: ProduceReport = ProduceReport(), refused: Int = 0) {
    self.report = report
    failed = report.failed + refused
  }

  /// The line with which every run ends.
  private var line: String {
    let line = "acknowledged \(report.acknowledged), failed \(failed), unknown \(report.unknown)"
    return report.unconfirmed > 0 ? line + ", sent without acknowledgement \(report.unconfirmed)" : line
  }

  /// Writes the line; it is not quiet about records that are not known to be stored.
  func tell(_ diagnostics: Diagnostics) {
    diagnostics.conclusion(line, isFailure: failed > 0 || report.unknown > 0)
  }

  /// The status after what else has gone wrong.
  func status(_ earlier: ExitStatus) -> ExitStatus {
    report.unknown > 0 ? earlier.combined(with: .unknownOutcome) : earlier
  }
}
