/// Turns names of the protocol into Swift's.
enum SwiftName {
  private static let keywords: Set<String> = [
    "as", "case", "class", "default", "do", "else", "enum", "extension", "false", "for", "func", "if", "import", "in",
    "init", "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat", "return", "self",
    "static", "struct", "switch", "throw", "true", "try", "var", "where", "while",
  ]

  /// `TopicId` as `topicId`.
  static func property(_ name: String) -> String {
    let name = name.prefix(1).lowercased() + name.dropFirst()
    return keywords.contains(name) ? "`\(name)`" : name
  }

  /// `NOT_LEADER_OR_FOLLOWER` as `notLeaderOrFollower`.
  static func constant(_ name: String) -> String {
    let words = name.lowercased().split(separator: "_")
    return words.enumerated().map { $0 == 0 ? String($1) : $1.prefix(1).uppercased() + $1.dropFirst() }.joined()
  }
}
