import KafkaProtocol

extension ProduceRequest {
  /// The versions that name topics.
  static let versionsByName: ClosedRange<Int16> = 0...12
  /// Those and the version that names topics by their ids (KIP-516).
  static let versionsByID: ClosedRange<Int16> = 0...firstVersionByID
  static let firstVersionByID: Int16 = 13
}
