/// A group of fields that travel together.
package struct StructSchema: Equatable, Sendable {
  package let name: String
  /// Whether it stands beside the message's fields, to be named by several of them, rather than below its only field.
  package let isShared: Bool
  /// The fields in wire order.
  package let fields: [FieldSchema]

  package init(name: String, isShared: Bool, fields: [FieldSchema]) {
    self.name = name
    self.isShared = isShared
    self.fields = fields
  }

  /// The fewest bytes a value takes in `version`: no text, no elements, no tagged field.
  package func smallestSize(version: Int16, isFlexible: Bool) -> Int {
    var size = isFlexible ? 1 : 0
    for field in fields where field.tag == nil && field.versions.contains(version) {
      let isNullableStruct = field.isNullableStruct(in: version)
      size += isNullableStruct ? 1 : field.type.smallestSize(version: version, isFlexible: isFlexible)
    }
    return size
  }
}
