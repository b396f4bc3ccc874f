/// What the protocol says of an API as a whole.
package struct API: Equatable, Sendable {
  package let key: Int16
  /// The name, such as `Produce`.
  package let name: String
  /// All versions that the schema describes.
  package let versions: ClosedRange<Int16>
  /// The first version with compact lengths and tagged fields, or nil where there is none.
  package let firstFlexibleVersion: Int16?
  /// Whether brokers offer the highest version only when they are told to.
  package let latestVersionIsUnstable: Bool

  init(
    _ key: Int16, _ name: String, _ versions: ClosedRange<Int16>, flexible: Int16?,
    latestVersionIsUnstable: Bool = false
  ) {
    self.key = key
    self.name = name
    self.versions = versions
    self.firstFlexibleVersion = flexible
    self.latestVersionIsUnstable = latestVersionIsUnstable
  }

  private static let byKey: [Int16: API] = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

  /// Looks an API up.
  package static func withKey(_ key: Int16) -> API? { byKey[key] }

  package func isFlexible(_ version: Int16) -> Bool {
    guard let firstFlexibleVersion else { return false }
    return version >= firstFlexibleVersion
  }
}
