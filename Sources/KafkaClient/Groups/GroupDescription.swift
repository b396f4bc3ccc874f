/// What a coordinator says of a group.
public struct GroupDescription: Hashable, Sendable {
  /// The group's name.
  public var group: String
  /// The state, as the coordinator has it: `Stable`, `Empty`, `PreparingRebalance`, …; `Dead` where there is no group.
  public var state: String
  /// Those who are in the group now.
  public var members: [Member]

  /// One member of a group.
  public struct Member: Hashable, Sendable {
    /// The name that the coordinator has given it.
    public var id: String
    /// The client id that it has given itself.
    public var clientID: String
    /// Where it is connected from.
    public var host: String
  }
}
