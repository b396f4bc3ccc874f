import KafkaClient
import KafkaProtocol
import Testing

@Suite("What a broker says of an error")
struct BrokerErrorTextTests {
  @Test(
    "its own text stands behind the name, unless it is that again, or nothing",
    arguments: [
      ("not for you", "TOPIC_AUTHORIZATION_FAILED: not for you"), ("", "TOPIC_AUTHORIZATION_FAILED"),
      ("TOPIC_AUTHORIZATION_FAILED", "TOPIC_AUTHORIZATION_FAILED"), (nil, "TOPIC_AUTHORIZATION_FAILED"),
    ])
  func text(message: String?, reason: String) {
    #expect(KafkaError(ErrorCode.topicAuthorizationFailed, message: message).reason == reason)
  }
}
