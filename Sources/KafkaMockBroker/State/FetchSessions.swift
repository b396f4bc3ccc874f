import Buffers
import KafkaProtocol

/// What brokers remember of fetch requests, so that the next need only say what has changed (KIP-227).
///
/// A request that waits is looked at more than once. So a session goes on when it is answered, and what a request says
/// of partitions may be taken in again.
struct FetchSessions: Sendable {
  fileprivate struct Place: Hashable {
    var topic: String
    var topicID: UUID128
    var partition: Int32
  }

  fileprivate struct Session {
    var broker: Int32
    /// The number of the request that may come next.
    var epoch: Int32 = 1
    var topics: [FetchRequest.Topic]
    /// Where each partition ended and began when the client was told last.
    var told: [Place: ClosedRange<Int64>] = [:]
  }

  /// More are not remembered: the oldest is forgotten.
  private static let capacity = 100

  private var sessions: [Int32: Session] = [:]
  private var lastID: Int32 = 0

  /// The topics of a session, which requests in it do not name.
  func topics(of request: FetchRequest) -> [FetchRequest.Topic] {
    request.sessionEpoch > 0 ? sessions[request.sessionId]?.topics ?? [] : []
  }

  /// The request with all partitions that it is about.
  ///
  /// - Throws: When the broker has no such session, or another request is its next.
  mutating func completed(_ request: FetchRequest, by broker: Int32) throws(FetchSessionError) -> FetchRequest {
    guard request.sessionEpoch > 0 else { return request }
    guard var session = sessions[request.sessionId], session.broker == broker else {
      throw FetchSessionError(code: .fetchSessionIdNotFound)
    }
    guard session.epoch == request.sessionEpoch else { throw FetchSessionError(code: .invalidFetchSessionEpoch) }
    session.forget(request.forgottenTopicsData)
    for topic in request.topics { session.take(topic) }
    sessions[request.sessionId] = session
    var complete = request
    complete.topics = session.topics
    return complete
  }

  /// Goes on with the session of a request, begins one or ends it.
  ///
  /// - Returns: The answer as the client gets it: within a session only with what is new.
  mutating func answered(_ request: FetchRequest, with response: FetchResponse, by broker: Int32) -> FetchResponse {
    var response = response
    if request.sessionEpoch <= 0 {
      if sessions[request.sessionId]?.broker == broker { sessions[request.sessionId] = nil }
      guard request.sessionEpoch == 0, !request.topics.isEmpty else { return response }
      lastID = lastID == .max ? 1 : lastID + 1
      var session = Session(broker: broker, topics: request.topics)
      _ = session.news(in: response)
      sessions[lastID] = session
      if sessions.count > Self.capacity, let oldest = sessions.keys.min() { sessions[oldest] = nil }
      response.sessionId = lastID
    } else if var session = sessions[request.sessionId] {
      response.responses = session.news(in: response)
      session.epoch = session.epoch == .max ? 1 : session.epoch + 1
      sessions[request.sessionId] = session
      response.sessionId = request.sessionId
    }
    return response
  }
}

/// Why a broker does not take a request in a session.
struct FetchSessionError: Error {
  var code: ErrorCode
}

extension FetchSessions.Session {
  fileprivate mutating func take(_ topic: FetchRequest.Topic) {
    guard let place = topics.firstIndex(where: { $0.topic == topic.topic && $0.topicId == topic.topicId }) else {
      return topics.append(topic)
    }
    for partition in topic.partitions {
      if let index = topics[place].partitions.firstIndex(where: { $0.partition == partition.partition }) {
        topics[place].partitions[index] = partition
      } else {
        topics[place].partitions.append(partition)
      }
    }
  }

  fileprivate mutating func forget(_ forgotten: [FetchRequest.ForgottenTopic]) {
    for topic in forgotten {
      for place in topics.indices where topics[place].topic == topic.topic && topics[place].topicId == topic.topicId {
        topics[place].partitions.removeAll { topic.partitions.contains($0.partition) }
      }
      for partition in topic.partitions {
        told[FetchSessions.Place(topic: topic.topic, topicID: topic.topicId, partition: partition)] = nil
      }
    }
    topics.removeAll(where: \.partitions.isEmpty)
  }

  /// The partitions of an answer that the client has not been told of as they are now; it is told with this.
  fileprivate mutating func news(in response: FetchResponse) -> [FetchResponse.Topic] {
    var topics: [FetchResponse.Topic] = []
    for topic in response.responses {
      var topic = topic
      topic.partitions = topic.partitions.filter { partition in
        let place = FetchSessions.Place(
          topic: topic.topic, topicID: topic.topicId, partition: partition.partitionIndex)
        // What has an error is told of again, and once more when the error is gone.
        guard partition.errorCode == .none else {
          told[place] = nil
          return true
        }
        let bounds = partition.logStartOffset...max(partition.highWatermark, partition.logStartOffset)
        defer { told[place] = bounds }
        return told[place] != bounds || partition.records?.isEmpty == false || partition.preferredReadReplica >= 0
      }
      if !topic.partitions.isEmpty { topics.append(topic) }
    }
    return topics
  }
}
