import KafkaProtocol

/// Which versions of which APIs one broker speaks, as it said itself or as its silence tells.
struct BrokerVersions: Sendable, CustomStringConvertible {
  private var ranges: [Int16: ClosedRange<Int16>]

  /// Takes the answer to an ApiVersions request; ranges that are upside down count as absent.
  init(_ response: ApiVersionsResponse) {
    ranges = [:]
    for api in response.apiKeys where api.minVersion <= api.maxVersion && api.minVersion >= 0 {
      ranges[api.apiKey] = api.minVersion...api.maxVersion
    }
  }

  /// What Kafka 0.8.2 and 0.9 have in common, neither of which knows ApiVersions: version 0 of the first APIs, and with
  /// version 1 groups' offsets that are not in ZooKeeper.
  static let beforeApiVersions = BrokerVersions(legacy: [
    ProduceRequest.apiKey: 0...0, FetchRequest.apiKey: 0...0, ListOffsetsRequest.apiKey: 0...0,
    MetadataRequest.apiKey: 0...0, OffsetCommitRequest.apiKey: 0...1, OffsetFetchRequest.apiKey: 0...1,
    FindCoordinatorRequest.apiKey: 0...0,
  ])

  /// What the broker offers, by rising key of the API.
  var offered: [(key: Int16, versions: ClosedRange<Int16>)] {
    ranges.sorted { $0.key < $1.key }.map { (key: $0.key, versions: $0.value) }
  }

  var description: String {
    if isBeforeApiVersions { return "version 0 of what Kafka 0.8 and 0.9 know" }
    let produce = ranges[ProduceRequest.apiKey]?.upperBound, fetch = ranges[FetchRequest.apiKey]?.upperBound
    func shown(_ version: Int16?) -> String { version.map { "up to version \($0)" } ?? "none" }
    return "\(ranges.count) APIs; Produce \(shown(produce)), Fetch \(shown(fetch))"
  }

  /// Whether the broker did not say what it speaks.
  var isBeforeApiVersions: Bool { ranges[ApiVersionsRequest.apiKey] == nil }

  private init(legacy ranges: [Int16: ClosedRange<Int16>]) { self.ranges = ranges }

  /// Forgets versions of a request above one that works.
  mutating func limit<Request: WireRequest>(_ request: Request.Type, to version: Int16) {
    guard let offered = ranges[Request.apiKey], offered.upperBound > version else { return }
    ranges[Request.apiKey] = offered.lowerBound <= version ? offered.lowerBound...version : nil
  }

  /// The highest version of a request that both sides speak and that is in `acceptable`, or nil.
  func highest<Request: WireRequest>(
    of request: Request.Type, in acceptable: ClosedRange<Int16>? = nil
  ) -> Int16? {
    guard let offered = ranges[Request.apiKey] else { return nil }
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
    let offer = ranges[Request.apiKey].map { "versions \($0.lowerBound) to \($0.upperBound)" } ?? "no version"
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
