/// A fault and the requests that it is for.
struct FaultRule: Sendable {
  let id: MockFaultID
  let fault: MockFault
  /// Nil for every API; the same below.
  var api: MockAPI?
  var broker: Int32?
  var topic: String?
  var partition: Int32?
  /// How often it still happens; nil for ever.
  var timesLeft: Int?

  func matches(_ api: MockAPI, broker: Int32, _ names: [PartitionName]) -> Bool {
    guard timesLeft != 0, self.api == nil || self.api == api, self.broker == nil || self.broker == broker else {
      return false
    }
    return (topic == nil && partition == nil) || names.contains(where: isFor)
  }

  /// Whether the rule is for a topic or partition that a request names.
  func isFor(_ name: PartitionName) -> Bool {
    (topic == nil || topic == name.topic)
      && (partition == nil || name.partition == nil || partition == name.partition)
  }
}
