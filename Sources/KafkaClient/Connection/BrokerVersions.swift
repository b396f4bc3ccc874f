import KafkaProtocol

/// Which versions of which APIs one broker speaks, as it said itself or as its silence tells.
struct BrokerVersions: Sendable, CustomStringConvertible {
  /// By rising key of the API: a list, as making the first table of a kind takes longer than all that is looked up
  /// here.
  private(set) var offered: [(key: Int16, versions: ClosedRange<Int16>)] = []

  /// Takes the answer to an ApiVersions request; ranges that are upside down count as absent.
  init(_ response: ApiVersionsResponse) {
    for api in response.apiKeys.sorted(by: { $0.apiKey < $1.apiKey })
    where api.minVersion <= api.maxVersion && api.minVersion >= 0 && api.apiKey != offered.last?.key {
      offered.append((key: api.apiKey, versions: api.minVersion...api.maxVersion))
    }
  }

  /// What Kafka 0.8.2 and 0.9 have in common, neither of which knows ApiVersions: version 0 of the first APIs, and with
  /// version 1 groups' offsets that are not in ZooKeeper.
  static let beforeApiVersions = BrokerVersions(legacy: [
    (ProduceRequest.apiKey, 0...0), (FetchRequest.apiKey, 0...0), (ListOffsetsRequest.apiKey, 0...0),
    (MetadataRequest.apiKey, 0...0), (OffsetCommitRequest.apiKey, 0...1), (OffsetFetchRequest.apiKey, 0...1),
    (FindCoordinatorRequest.apiKey, 0...0),
  ])

  var description: String {
    if isBeforeApiVersions { return "version 0 of what Kafka 0.8 and 0.9 know" }
    let produce = versions(of: ProduceRequest.apiKey)?.upperBound, fetch = versions(of: FetchRequest.apiKey)?.upperBound
    func shown(_ version: Int16?) -> String { version.map { "up to version \($0)" } ?? "none" }
    return "\(offered.count) APIs; Produce \(shown(produce)), Fetch \(shown(fetch))"
  }

  /// Whether the broker did not say what it speaks.
  var isBeforeApiVersions: Bool { versions(of: ApiVersionsRequest.apiKey) == nil }

  private init(legacy offered: [(key: Int16, versions: ClosedRange<Int16>)]) { self.offered = offered }

  private func versions(of api: Int16) -> ClosedRange<Int16>? { offered.first { $0.key == api }?.versions }

  /// Forgets versions of a request above one that works.
  mutating func limit<Request: WireRequest>(_ request: Request.Type, to version: Int16) {
    guard let place = offered.firstIndex(where: { $0.key == Request.apiKey }) else { return }
    let known = offered[place].versions
    guard known.upperBound > version else { return }
    if known.lowerBound <= version {
      offered[place].versions = known.lowerBound...version
    } else {
      offered.remove(at: place)
    }
  }

  /// The highest version of a request that both sides speak and that is in `acceptable`, or nil.
  func highest<Request: WireRequest>(
    of request: Request.Type, in acceptable: ClosedRange<Int16>? = nil
  ) -> Int16? {
    guard let offered = versions(of: Request.apiKey) else { return nil }
    let wanted = acceptable ?? Request.versions
    let lowest = max(offered.lowerBound, Request.versions.lowerBound, wanted.lowerBound)
    let highest = min(offered.upperBound, Request.versions.upperBound, wanted.upperBound)
    return lowest <= highest ? highest : nil
  }

  /// The version to use, or an error that says what the broker has instead.
  func require<Request: WireRequest>(
    _ request: Request.Type, in acceptable: ClosedRange<Int16>? = nil
  ) throws(KafkaError) -> Int16 {
    if let version = highest(of: request, in: acceptable) { return version }
    let name = apiName(Request.self)
    let wanted = acceptable ?? Request.versions
    let offer = versions(of: Request.apiKey).map { "versions \($0.lowerBound) to \($0.upperBound)" } ?? "no version"
    throw KafkaError(
      .unsupportedVersion,
      "the broker offers \(offer) of \(name), and versions \(wanted.lowerBound) to \(wanted.upperBound) are needed",
      hint: "the broker is too old or too new for this"
    )
  }
}

/// The name of a request's API, such as `Produce`.
func apiName<Request: WireRequest>(_ request: Request.Type) -> String {
  let name = String(describing: request)
  return name.hasSuffix("Request") ? String(name.dropLast("Request".count)) : name
}
