/// Names structs by what one of them is.
///
/// Struct names are not on the wire, so they need not repeat the message's: `FetchResponse.Topic.Partition` says all
/// that `FetchableTopicResponse` and `PartitionData` do.
enum StructNaming {
  /// What Swift has other uses for behind a dot.
  static let reserved: Set<String> = ["Protocol", "Self", "Type"]

  /// The name for the elements of `field`.
  static func name(for field: FactsField) -> String {
    var name = field.capitalizedName
    if name != "Data", name.hasSuffix("Data") { name.removeLast("Data".count) }
    name = singular(name)
    for suffix in ["Response", "Result"] where name.hasSuffix(suffix) && name != suffix {
      name.removeLast(suffix.count)
    }
    if name == "Response" && field.elementType.contains("Topic") { return "Topic" }
    return name
  }

  static func singular(_ name: String) -> String {
    for (ending, replacement) in [("ies", "y"), ("sses", "ss"), ("xes", "x"), ("uses", "us"), ("ches", "ch")]
    where name.hasSuffix(ending) {
      return name.dropLast(ending.count) + replacement
    }
    let hasPluralEnding = name.hasSuffix("s") && !name.hasSuffix("ss") && !name.hasSuffix("us")
    return hasPluralEnding ? String(name.dropLast()) : name
  }
}
