/// An API: a request and its response, which have the same versions.
package struct APISchema: Equatable, Sendable {
  package let key: Int16
  /// The name without a suffix, such as `Produce`.
  package let name: String
  package let versions: VersionRange
  package let flexibleVersions: VersionRange?
  /// Who answers it: `broker`, `controller`, `zkBroker`.
  package let listeners: [String]
  /// The highest version, where it is not final yet.
  package let unstableVersion: Int16?
  package let request: MessageSchema
  package let response: MessageSchema

  package init(
    key: Int16,
    name: String,
    versions: VersionRange,
    flexibleVersions: VersionRange?,
    listeners: [String],
    unstableVersion: Int16?,
    request: MessageSchema,
    response: MessageSchema
  ) {
    self.key = key
    self.name = name
    self.versions = versions
    self.flexibleVersions = flexibleVersions
    self.listeners = listeners
    self.unstableVersion = unstableVersion
    self.request = request
    self.response = response
  }
}
