extension MockCluster {
  /// What is committed for a group, by topic and partition; empty for one that does not exist.
  public func committedOffsets(of group: String) async -> [String: [Int32: Int64]] {
    await server.state.groups[group]?.offsets.mapValues { $0.mapValues(\.offset) } ?? [:]
  }

  /// Commits an offset for a group, which comes into being by that.
  public func commit(
    _ offset: Int64, for group: String, topic: String, partition: Int32 = 0, metadata: String? = ""
  ) async {
    await server.withState { state in
      state.groups[group, default: GroupState()].commit(
        .init(offset: offset, leaderEpoch: -1, metadata: metadata), topic, partition)
    }
  }

  /// Puts members into a group, in place of those that it has, as if they had joined; they do nothing.
  ///
  /// - Parameter usesNewProtocol: Whether they are consumers of the protocol of KIP-848.
  public func setMembers(_ members: [MockGroupMember], of group: String, usesNewProtocol: Bool = false) async {
    await server.withState { state in
      state.groups[group, default: GroupState()].members = members
      state.groups[group]?.isNewProtocol = usesNewProtocol
    }
  }
}
