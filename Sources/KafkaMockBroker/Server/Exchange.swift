import KafkaProtocol
import Transport

/// A request that is being answered.
struct Exchange {
  let header: RequestHeader
  let request: any ReceivedRequest
  var context: RequestContext
  let plan: FaultPlan
  /// Ends the wait of a request that waits for records.
  var timer: TimerID?

  /// The number that the answer has.
  var correlationID: Int32 {
    plan.ending == .wrongCorrelationID ? header.correlationID &+ 1000 : header.correlationID
  }
}
