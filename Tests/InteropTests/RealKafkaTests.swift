import TestHarness
import Testing

/// Everything that needs real clusters, one test after the other: they and the Java clients want all cores anyway.
@Suite(
  "Real Kafka", .serialized, .enabled(if: !InstalledKafka.installed.isEmpty, "no Kafka release is installed"),
  .timeLimit(.minutes(10)))
struct RealKafkaTests {}

extension InstalledKafka: CustomTestStringConvertible {
  package var testDescription: String { "Kafka \(version)" }
}

extension Sequence<String> {
  /// The strings as lines.
  var bytes: [UInt8] { flatMap { ($0 + "\n").utf8 } }
}
