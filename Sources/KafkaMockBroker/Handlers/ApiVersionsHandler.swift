import KafkaProtocol

/// Tells which versions the broker speaks.
enum ApiVersionsHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...5

  static func handle(
    _ request: ApiVersionsRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<ApiVersionsResponse> {
    if let code = context.anyError { return .answer(ApiVersionsResponse(errorCode: code)) }
    // The name and version that a client gives of itself must look like such (KIP-511).
    if context.version >= 3, !isName(request.clientSoftwareName) || !isName(request.clientSoftwareVersion) {
      return .answer(ApiVersionsResponse(errorCode: .invalidRequest))
    }
    return .answer(ApiVersionsResponse(apiKeys: offered(by: state)))
  }

  /// What the broker answers in version 0 to a version that it does not know: its own versions of this API (KIP-511).
  static func unsupported(in state: ClusterState) -> ApiVersionsResponse {
    ApiVersionsResponse(
      errorCode: .unsupportedVersion, apiKeys: offered(by: state).filter { $0.apiKey == api.key })
  }

  private static func offered(by state: ClusterState) -> [ApiVersionsResponse.ApiKey] {
    AnyHandler.all.compactMap { handler in
      state.versions.offered(handler.api, handled: handler.versions).map { range in
        ApiVersionsResponse.ApiKey(
          apiKey: handler.api.key, minVersion: range.lowerBound, maxVersion: range.upperBound)
      }
    }
  }

  /// Letters, digits, dots and hyphens, the last two not at an end.
  private static func isName(_ text: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    guard let first = text.utf8.first, let last = text.utf8.last, isAlphanumeric(first), isAlphanumeric(last) else {
      return false
    }
    return text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }
}
