import KafkaProtocol

/// Answers the requests of one API: a function of the request and of what the cluster knows.
protocol Handler: SendableMetatype {
  associatedtype Request: WireRequest

  /// The versions it can handle; a cluster may offer fewer.
  static var versions: ClosedRange<Int16> { get }

  /// The topics and partitions that a request is about, for faults that are meant for some only.
  static func names(in request: Request, _ state: ClusterState) -> [PartitionName]

  static func handle(
    _ request: Request, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<Request.Response>
}

extension Handler {
  static var api: MockAPI { MockAPI(key: Request.apiKey) }

  static func names(in request: Request, _ state: ClusterState) -> [PartitionName] { [] }
}
