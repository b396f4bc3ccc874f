/// A member of a group of a mock cluster.
public struct MockGroupMember: Hashable, Sendable {
  /// The name that a coordinator would have given it.
  public var id: String
  /// The client id that it has given itself.
  public var clientID: String
  /// Where it is connected from.
  public var host: String

  /// Makes a member.
  public init(id: String, clientID: String = "client", host: String = "/127.0.0.1") {
    self.id = id
    self.clientID = clientID
    self.host = host
  }
}
