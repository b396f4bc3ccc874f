/// Which header goes before which message: the one place that knows the exceptions.
enum HeaderRules {
  static let apiVersionsKey: Int16 = 18
  static let controlledShutdownKey: Int16 = 7

  /// A request has header 2 where it is flexible and header 1 where not. ControlledShutdown 0 has header 0, which
  /// lacks the client's name.
  static func requestVersion(apiKey: Int16, version: Int16, isFlexible: Bool) -> Int16 {
    if isFlexible { return 2 }
    return apiKey == controlledShutdownKey && version == 0 ? 0 : 1
  }

  /// A response has header 1 where it is flexible and header 0 where not. ApiVersions always has header 0, because a
  /// client must be able to read it before it knows what the broker speaks (KIP-511).
  static func responseVersion(apiKey: Int16, isFlexible: Bool) -> Int16 {
    isFlexible && apiKey != apiVersionsKey ? 1 : 0
  }
}
