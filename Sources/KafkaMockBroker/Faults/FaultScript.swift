/// The faults that are injected into a cluster, in the order in which that was done.
struct FaultScript: Sendable {
  private var rules: [FaultRule] = []
  private var lastNumber = 0

  mutating func add(
    _ fault: MockFault, api: MockAPI? = nil, broker: Int32? = nil, topic: String? = nil, partition: Int32? = nil,
    times: Int? = nil
  ) -> MockFaultID {
    lastNumber += 1
    let id = MockFaultID(number: lastNumber)
    rules.append(
      FaultRule(
        id: id, fault: fault, api: api, broker: broker, topic: topic, partition: partition, timesLeft: times))
    return id
  }

  mutating func remove(_ id: MockFaultID) { rules.removeAll { $0.id == id } }

  mutating func removeAll() { rules = [] }

  /// Takes what is to happen to a request, which counts for the faults that it meets.
  mutating func plan(for api: MockAPI, broker: Int32, _ names: [PartitionName]) -> FaultPlan {
    var plan = FaultPlan()
    for index in rules.indices where rules[index].matches(api, broker: broker, names) {
      rules[index].timesLeft = rules[index].timesLeft.map { $0 - 1 }
      if plan.add(rules[index], names) { break }
    }
    rules.removeAll { $0.timesLeft == 0 }
    return plan
  }
}

extension FaultPlan {
  /// Adds what one fault does.
  ///
  /// - Returns: Whether the fault decides how the exchange ends, so that those behind it are not met.
  fileprivate mutating func add(_ rule: FaultRule, _ names: [PartitionName]) -> Bool {
    switch rule.fault {
    case .delay(let duration):
      delay += duration
      return false
    case .observe(let observer):
      observers.append(observer)
      return false
    case .moveLeader(let broker):
      moves += names.filter(rule.isFor).map { ($0, broker) }
      return false
    case .error(let code): error = rule.injected(code, .instead)
    case .errorAfterProcessing(let code): error = rule.injected(code, .afterwards)
    case .topLevelError(let code): error = rule.injected(code, .topLevel)
    case .close: ending = .close(isReset: false)
    case .reset: ending = .close(isReset: true)
    case .closeAfter(let bytes): ending = .closeAfter(bytes: bytes)
    case .garbage(let count): ending = .garbage(count: count)
    case .rawBytes(let bytes): ending = .rawBytes(bytes)
    case .wrongCorrelationID: ending = .wrongCorrelationID
    case .noAnswer: ending = .noAnswer
    }
    return true
  }
}

extension FaultRule {
  fileprivate func injected(_ code: MockErrorCode, _ timing: InjectedError.Timing) -> InjectedError {
    InjectedError(code: code.code, timing: timing, topic: topic, partition: partition)
  }
}
