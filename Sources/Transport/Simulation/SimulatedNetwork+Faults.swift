extension SimulatedNetwork {
  /// What is broken at present.
  struct Faults {
    var silentHosts: [String] = []
    var refusedEndpoints: [Endpoint] = []
  }

  /// Refuses new connections to an endpoint as if nobody listened, or accepts them again. Open ones are untouched.
  package func setRefused(_ isRefused: Bool, host: String, port: UInt16) {
    set(isRefused, Endpoint(host: host, port: port), in: &faults.refusedEndpoints)
  }

  /// Cuts a host off: nothing passes, nobody is told; or lets everything pass again, what has waited first.
  package func setSilent(_ isSilent: Bool, host: String) {
    let host = Endpoint(host: host, port: 0).host
    set(isSilent, host, in: &faults.silentHosts)
    guard !isSilent else { return }
    for connection in connections where connection.endpoint.host == host { connection.resume() }
  }

  /// Ends all connections to an endpoint in an orderly way; what is on the way, in either direction, is lost.
  package func closeConnections(host: String, port: UInt16) { breakOff(.end, Endpoint(host: host, port: port)) }

  /// Resets all connections to an endpoint; what is on the way, in either direction, is lost.
  package func resetConnections(host: String, port: UInt16) { breakOff(.reset, Endpoint(host: host, port: port)) }

  /// The number of connections that have an open side.
  package var openConnectionCount: Int { connections.count }

  /// Breaks something every now and then, and mends it, until `end`: see ``FaultSchedule``.
  package func inject(_ schedule: FaultSchedule) {
    loop.checkIsolated()
    var generator = SeededGenerator(seed: generator.next(), stream: "faults")
    planNext(schedule, &generator)
  }

  private func planNext(_ schedule: FaultSchedule, _ generator: inout SeededGenerator) {
    let pause = generator.next(in: .zero...schedule.meanInterval * 2)
    guard loop.now + pause < schedule.end, !schedule.kinds.isEmpty else { return }
    let copy = generator
    _ = loop.schedule(at: loop.now + pause) {
      var generator = copy
      self.strike(schedule, &generator)
      self.planNext(schedule, &generator)
    }
  }

  private func strike(_ schedule: FaultSchedule, _ generator: inout SeededGenerator) {
    let kind = schedule.kinds[generator.next(below: schedule.kinds.count)]
    let draw = Int(generator.next() >> 2)
    let mended = min(loop.now + generator.next(in: schedule.duration), schedule.end)
    loop.note(UInt64(draw))
    switch kind {
    case .close where !connections.isEmpty: connections[draw % connections.count].breakOff(.end)
    case .reset where !connections.isEmpty: connections[draw % connections.count].breakOff(.reset)
    case .refuse where !endpoints.isEmpty:
      let endpoint = endpoints[draw % endpoints.count]
      setRefused(true, host: endpoint.host, port: endpoint.port)
      _ = loop.schedule(at: mended) { self.setRefused(false, host: endpoint.host, port: endpoint.port) }
    case .silence where !endpoints.isEmpty:
      let endpoint = endpoints[draw % endpoints.count]
      setSilent(true, host: endpoint.host)
      _ = loop.schedule(at: mended) { self.setSilent(false, host: endpoint.host) }
    default: break
    }
  }

  private func breakOff(_ parcel: SimulatedPipe.Parcel, _ endpoint: Endpoint) {
    for connection in connections where connection.endpoint == endpoint { connection.breakOff(parcel) }
  }

  private func set<Value: Equatable>(_ isMember: Bool, _ value: Value, in list: inout [Value]) {
    list.removeAll { $0 == value }
    if isMember { list.append(value) }
  }
}

/// Which faults a simulated network has by itself, and how often.
package struct FaultSchedule: Sendable {
  package enum Kind: Sendable, CaseIterable {
    /// A connection ends in an orderly way, at any byte.
    case close
    /// A connection is reset, at any byte.
    case reset
    /// An endpoint refuses connections for a while.
    case refuse
    /// A host is cut off for a while.
    case silence
  }

  package var kinds: [Kind]
  /// The mean time from one fault to the next.
  package var meanInterval: Duration
  /// How long what can be mended stays broken.
  package var duration: ClosedRange<Duration>
  /// When the faults end and all is mended.
  package var end: Instant

  package init(
    kinds: [Kind] = Kind.allCases, meanInterval: Duration, duration: ClosedRange<Duration>, end: Instant
  ) {
    self.kinds = kinds
    self.meanInterval = meanInterval
    self.duration = duration
    self.end = end
  }
}
