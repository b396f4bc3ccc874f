/// What a mock cluster does wrong with a request.
///
/// A request meets the first fault injected that fits it; ``delay(_:)``, ``moveLeader(to:)`` and ``observe(_:)`` let
/// it go on to the next as well.
public enum MockFault: Sendable {
  /// Answers with an error in the place of each topic or partition that it is for, and does nothing with them. An
  /// answer that has only one place for an error has it there.
  case error(MockErrorCode)
  /// Does what was asked for and then answers with an error, so that the client cannot know that it was done.
  case errorAfterProcessing(MockErrorCode)
  /// Answers with an error of the whole answer, where its version has a place for that (Fetch from 7, Metadata 13).
  case topLevelError(MockErrorCode)
  /// Does what was asked for at once and answers later. Requests behind it on the same connection wait.
  case delay(Duration)
  /// Closes the connection; nothing was done.
  case close
  /// Resets the connection; nothing was done.
  case reset
  /// Does what was asked for, sends so many bytes of the answer and closes the connection. With 0 the client sees only
  /// that the connection ends.
  case closeAfter(bytes: Int)
  /// Answers with a whole frame that has the right number, and so many random bytes for a body.
  case garbage(count: Int)
  /// Sends bytes that need not be a frame at all.
  case rawBytes([UInt8])
  /// Does what was asked for and answers as if it were another request's answer.
  case wrongCorrelationID
  /// Does what was asked for and never answers, nor any request behind it on the same connection.
  case noAnswer
  /// Moves the partitions that the request is about to another broker first, so that the client is told
  /// `NOT_LEADER_OR_FOLLOWER`. Without a broker it is the next that is up.
  case moveLeader(to: Int32?)
  /// Calls a closure with the request before it is handled. It must not block: the whole cluster waits for it.
  case observe(@Sendable (MockRequest) -> Void)
}

/// Names a fault that was injected, to remove it.
public struct MockFaultID: Hashable, Sendable {
  let number: Int
}
