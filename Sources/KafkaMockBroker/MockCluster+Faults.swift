extension MockCluster {
  /// Has requests go wrong.
  ///
  /// - Parameters:
  ///   - api: The API whose requests it happens to; nil for all.
  ///   - broker: The broker it happens at; nil for all.
  ///   - topic: The topic that a request must name; nil for any.
  ///   - partition: The partition that a request must name; nil for any. Requests for whole topics fit too.
  ///   - times: How often it happens; nil for until it is removed.
  /// - Returns: A name for the fault, to remove it.
  @discardableResult
  public func inject(
    _ fault: MockFault, into api: MockAPI? = nil, broker: Int32? = nil, topic: String? = nil,
    partition: Int32? = nil, times: Int? = nil
  ) async -> MockFaultID {
    await server.inject(
      fault, api: api, broker: broker, topic: topic, partition: partition, times: times)
  }

  /// Removes a fault; one that has happened as often as it should is no error.
  public func remove(_ fault: MockFaultID) async { await server.remove(fault) }

  /// Removes all faults.
  public func removeAllFaults() async { await server.removeAllFaults() }

  /// How many requests of an API the brokers have received.
  public func requestCount(of api: MockAPI) async -> Int { await server.log.count(of: api) }

  /// The last requests that the brokers have received, oldest first; nil for those of every API.
  public func requests(of api: MockAPI? = nil) async -> [MockRequest] { await server.log.requests(of: api) }

  /// Forgets the requests received so far, and their counts.
  public func forgetRequests() async { await server.forgetRequests() }
}

extension ClusterServer {
  func inject(
    _ fault: MockFault, api: MockAPI?, broker: Int32?, topic: String?, partition: Int32?, times: Int?
  ) -> MockFaultID {
    script.add(fault, api: api, broker: broker, topic: topic, partition: partition, times: times)
  }

  func remove(_ fault: MockFaultID) { script.remove(fault) }

  func removeAllFaults() { script.removeAll() }

  func forgetRequests() { log.removeAll() }
}
