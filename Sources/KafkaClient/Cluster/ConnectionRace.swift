import Transport

/// Opens connections one after the other, a quarter of a second apart, until one is ready.
///
/// So a bootstrap address that hangs costs 250 ms, and one that refuses costs nothing.
actor ConnectionRace {
  private static let stagger: Duration = .milliseconds(250)

  nonisolated let runtime: Runtime
  nonisolated var unownedExecutor: UnownedSerialExecutor { runtime.loop.asUnownedSerialExecutor() }

  private let candidates: [BrokerConnection]
  private let deadline: Instant
  private var started = 0
  /// Those that were started and have neither won nor failed.
  private var pending: [BrokerConnection] = []
  private var failures: [KafkaError] = []
  private var timers: [TimerID] = []
  private var continuation: CheckedContinuation<Result<(BrokerConnection, BrokerVersions), KafkaError>, Never>?

  init(runtime: Runtime, candidates: [BrokerConnection], deadline: Instant) {
    self.runtime = runtime
    self.candidates = candidates
    self.deadline = deadline
  }

  /// The first connection that is ready; the others stay as they are, to be used or to fail later.
  func winner() async throws(KafkaError) -> (BrokerConnection, BrokerVersions) {
    guard !candidates.isEmpty else { throw KafkaError(.noBrokerReachable, "no broker address is known") }
    return try await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        self.continuation = continuation
        let timer = runtime.loop.schedule(at: deadline) { self.assumeIsolated { $0.timeOut() } }
        timers.append(timer)
        startNext()
        if Task.isCancelled { finish(.failure(.cancelled)) }
      }
    } onCancel: {
      runtime.loop.execute { self.assumeIsolated { $0.finish(.failure(.cancelled)) } }
    }.get()
  }

  private func startNext() {
    guard continuation != nil, started < candidates.count else { return }
    let candidate = candidates[started]
    started += 1
    pending.append(candidate)
    if started < candidates.count {
      let timer = runtime.loop.schedule(at: runtime.loop.now + Self.stagger) { self.assumeIsolated { $0.startNext() } }
      timers.append(timer)
    }
    candidate.assumeIsolated {
      $0.whenReady { result in self.assumeIsolated { $0.ended(candidate, result) } }
    }
  }

  private func ended(_ candidate: BrokerConnection, _ result: Result<BrokerVersions, KafkaError>) {
    guard continuation != nil else { return }
    pending.removeAll { $0 === candidate }
    switch result {
    case .success(let versions): finish(.success((candidate, versions)))
    case .failure(let error) where error.code == .cancelled: finish(.failure(error))
    case .failure(let error):
      failures.append(error)
      if failures.count == candidates.count { finish(.failure(summary())) } else { startNext() }
    }
  }

  private func timeOut() {
    let silent = pending.map { connection in connection.assumeIsolated { $0.endpoint.description } }
    failures.append(KafkaError(.timedOut, "no answer in time from " + silent.joined(separator: ", ")))
    finish(.failure(summary()))
  }

  /// One address keeps its own error; several become one line with each address's reason.
  private func summary() -> KafkaError {
    if failures.count == 1, let only = failures.first { return only }
    let reasons = failures.map { error in error.broker.map { "\($0): \(error.reason)" } ?? error.reason }
    let code: KafkaError.Code = failures.allSatisfy { $0.code == .unknownHost } ? .unknownHost : .noBrokerReachable
    return KafkaError(code, "no broker could be reached: " + reasons.joined(separator: "; "))
  }

  private func finish(_ result: Result<(BrokerConnection, BrokerVersions), KafkaError>) {
    guard let waiting = continuation else { return }
    continuation = nil
    for timer in timers { runtime.loop.cancel(timer) }
    waiting.resume(returning: result)
  }
}
