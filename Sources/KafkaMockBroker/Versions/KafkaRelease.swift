/// A release of Apache Kafka whose versions of the protocol a mock cluster can speak.
public enum KafkaRelease: String, Sendable, CaseIterable {
  /// Closes the connection when a client asks for its versions, as all before 0.10 do.
  case v0_8_2 = "0.8.2"
  case v0_9_0 = "0.9.0"
  case v0_10_2 = "0.10.2"
  case v1_1 = "1.1"
  case v2_8 = "2.8"
  case v3_9 = "3.9"
  case v4_3 = "4.3"
  /// All that the mock cluster knows, old and new.
  case latest
}
