import KafkaProtocol
import Transport

/// Asks coordinators for groups as a whole.
extension Cluster {
  /// Describes a group of either protocol: brokers since 4.0 keep consumers of the new one (KIP-848) apart from others.
  ///
  /// - Returns: Nothing where brokers cannot be asked, as those before 0.10.
  func describe(_ group: String, by deadline: Instant) async throws(KafkaError) -> GroupDescription? {
    if let described = try await describeNew(group, by: deadline) { return described }
    let response: DescribeGroupsResponse
    do throws(KafkaError) {
      response = try await perform(
        DescribeGroupsRequest.self, onCoordinatorOf: group, by: deadline, codes: { $0.groups.map(\.errorCode) }
      ) { _ in DescribeGroupsRequest(groups: [group]) }
    } catch {
      guard error.code == .unsupportedVersion else { throw error }
      return nil
    }
    guard let found = response.groups.first(where: { $0.groupId == group }) else {
      throw Self.leavesOut(group).during("DescribeGroups")
    }
    guard found.errorCode == .none || found.errorCode == .groupIdNotFound else {
      throw KafkaError(found.errorCode, message: found.errorMessage).during("DescribeGroups").about(group: group)
    }
    return GroupDescription(
      group: group, state: found.groupState.isEmpty ? "Dead" : found.groupState,
      members: found.members.map { .init(id: $0.memberId, clientID: $0.clientId, host: $0.clientHost) })
  }

  /// - Returns: Nothing where it is no group of the new protocol, or brokers do not have that.
  private func describeNew(_ group: String, by deadline: Instant) async throws(KafkaError) -> GroupDescription? {
    let response: ConsumerGroupDescribeResponse
    do throws(KafkaError) {
      response = try await perform(
        ConsumerGroupDescribeRequest.self, onCoordinatorOf: group, by: deadline, codes: { $0.groups.map(\.errorCode) }
      ) { _ in ConsumerGroupDescribeRequest(groupIds: [group]) }
    } catch {
      guard error.code == .unsupportedVersion else { throw error }
      return nil
    }
    guard let found = response.groups.first(where: { $0.groupId == group }) else {
      throw Self.leavesOut(group).during("ConsumerGroupDescribe")
    }
    switch found.errorCode {
    case .none:
      return GroupDescription(
        group: group, state: found.groupState,
        members: found.members.map { .init(id: $0.memberId, clientID: $0.clientId, host: $0.clientHost) })
    case .groupIdNotFound, .unsupportedVersion: return nil
    default:
      throw KafkaError(found.errorCode, message: found.errorMessage).during("ConsumerGroupDescribe").about(group: group)
    }
  }

  private static func leavesOut(_ group: String) -> KafkaError {
    KafkaError(.malformedResponse, "the broker's answer leaves the group out").about(group: group)
  }

  /// The names of all groups, sorted: every broker is asked for those that it coordinates.
  func groupNames(by deadline: Instant) async throws(KafkaError) -> [String] {
    let brokers = try await fetchMetadata(of: [:], by: deadline).brokers
    let answers = await withTaskGroup(of: Result<[String], KafkaError>.self) { group in
      for broker in brokers { group.addTask { await self.groupNames(at: broker, by: deadline) } }
      var answers: [Result<[String], KafkaError>] = []
      for await answer in group { answers.append(answer) }
      return answers
    }
    var names: Set<String> = []
    for answer in answers { names.formUnion(try answer.get()) }
    return names.sorted()
  }

  private func groupNames(
    at broker: ClusterMetadata.Broker, by deadline: Instant
  ) async -> Result<[String], KafkaError> {
    do throws(KafkaError) {
      let endpoint = BrokerEndpoint(id: broker.id, address: broker.address)
      let (connection, versions) = try await connect(to: endpoint, for: .queries)
      let response = try await connection.send(
        ListGroupsRequest(), version: try versions.require(ListGroupsRequest.self),
        timeout: max(.zero, deadline - runtime.loop.now))
      guard response.errorCode == .none else {
        throw KafkaError(response.errorCode).during("ListGroups", at: endpoint.description)
      }
      return .success(response.groups.map(\.groupId))
    } catch {
      return .failure(error)
    }
  }
}
