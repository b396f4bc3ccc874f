import KafkaProtocol
import Testing

@Suite("Error codes")
struct ErrorCodeTests {
  @Test("S46: a code has the protocol's name, and a number where it is not known")
  func names() {
    #expect(ErrorCode.notLeaderOrFollower.name == "NOT_LEADER_OR_FOLLOWER")
    #expect(ErrorCode(rawValue: 6) == .notLeaderOrFollower)
    #expect(ErrorCode(rawValue: 12345).name == "error 12345")
    #expect(ErrorCode(rawValue: -1).name == "UNKNOWN_SERVER_ERROR")
  }

  @Test("codes say whether to try again and whether the metadata is out of date")
  func traits() {
    #expect(ErrorCode.notLeaderOrFollower.isRetriable && ErrorCode.notLeaderOrFollower.refreshesMetadata)
    #expect(ErrorCode.requestTimedOut.isRetriable && !ErrorCode.requestTimedOut.refreshesMetadata)
    #expect(!ErrorCode.messageTooLarge.isRetriable)
    #expect(!ErrorCode(rawValue: 12345).isRetriable)
  }
}
