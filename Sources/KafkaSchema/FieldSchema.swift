/// One field of a message or struct.
package struct FieldSchema: Equatable, Sendable {
  /// The name in Kafka's own spelling, the first letter large.
  package let name: String
  package let type: FieldType
  /// The versions that have the field.
  package let versions: VersionRange
  /// The versions, of those that have the field, in which it may be null.
  package let nullableVersions: VersionRange?
  /// The number under which it travels in the tagged section (KIP-482), in all its versions.
  package let tag: Int?
  /// The value it has where nothing sets it; nil means zero, false or empty.
  package let defaultValue: DefaultValue?
  /// Whether it may be dropped silently where it is set and the version lacks it.
  package let isIgnorable: Bool
  /// Whether it is, or is part of, the key of its array.
  package let isMapKey: Bool
  /// What the value names, such as `topicName`.
  package let entity: String?
  /// Whether its length stays an int16 in flexible versions.
  package let hasFixedLength: Bool

  package init(
    name: String,
    type: FieldType,
    versions: VersionRange,
    nullableVersions: VersionRange? = nil,
    tag: Int? = nil,
    defaultValue: DefaultValue? = nil,
    isIgnorable: Bool = false,
    isMapKey: Bool = false,
    entity: String? = nil,
    hasFixedLength: Bool = false
  ) {
    self.name = name
    self.type = type
    self.versions = versions
    self.nullableVersions = nullableVersions
    self.tag = tag
    self.defaultValue = defaultValue
    self.isIgnorable = isIgnorable
    self.isMapKey = isMapKey
    self.entity = entity
    self.hasFixedLength = hasFixedLength
  }

  /// Whether a byte before the struct says if it is there.
  package func isNullableStruct(in version: Int16) -> Bool {
    guard case .structure = type, let nullableVersions else { return false }
    return nullableVersions.contains(version)
  }
}
