/// The requests that a cluster has received: all are counted, and the last of them kept.
struct RequestLog: Sendable {
  /// The most requests that are kept, and with them the memory of their frames.
  let capacity: Int
  private var counts: [MockAPI: Int] = [:]
  private var kept: [MockRequest] = []

  init(capacity: Int) { self.capacity = max(capacity, 0) }

  mutating func add(_ request: MockRequest) {
    counts[request.api, default: 0] += 1
    kept.append(request)
    // Now and then rather than each time, since it moves all of them.
    if kept.count > capacity * 2 { kept.removeFirst(kept.count - capacity) }
  }

  func count(of api: MockAPI) -> Int { counts[api] ?? 0 }

  /// The requests of an API, or of all, oldest first.
  func requests(of api: MockAPI?) -> [MockRequest] {
    kept.suffix(capacity).filter { api == nil || $0.api == api }
  }

  mutating func removeAll() {
    counts = [:]
    kept = []
  }
}
