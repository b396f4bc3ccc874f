/// A message as the description of the protocol has it.
struct FactsMessage: Decodable {
  let apiKey: Int16?
  let name: String
  let kind: String
  let listeners: [String]?
  let validVersions: String
  let flexibleVersions: String
  let latestVersionUnstable: Bool?
  let fields: [FactsField]
  let commonStructs: [FactsStruct]?
}

/// A struct that several fields name.
struct FactsStruct: Decodable {
  let name: String
  let versions: String
  let fields: [FactsField]
}
