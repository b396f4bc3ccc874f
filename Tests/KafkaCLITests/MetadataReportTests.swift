import Buffers
import KafkaCLI
import KafkaClient
import KafkaProtocol
import Testing

@Suite("The report of a cluster")
struct MetadataReportTests {
  private static let topics = [
    ClusterMetadata.Topic(
      name: "t", id: TopicID(high: 0, low: 1),
      partitions: [
        .init(index: 0, leader: 2, leaderEpoch: 7, replicas: [2, 1], inSyncReplicas: [2], offlineReplicas: [1]),
        .init(
          index: 1, leader: nil, replicas: [1], inSyncReplicas: [1], error: KafkaError(ErrorCode.leaderNotAvailable)),
      ]),
    ClusterMetadata.Topic(name: "\u{1B}u", isInternal: true, error: KafkaError(.timedOut, "too\nlate")),
  ]

  private func report(_ view: MetadataArguments.ClusterView, topics: [ClusterMetadata.Topic] = topics) -> String {
    let metadata = ClusterMetadata(
      clusterID: "c", controllerID: 2,
      brokers: [
        .init(id: 1, address: BrokerAddress(host: "a", port: 9092), rack: nil),
        .init(id: 2, address: BrokerAddress(host: "b", port: 9093), rack: "r"),
      ], topics: topics)
    var output = BytesBuilder()
    MetadataReport(metadata).append(view, to: &output)
    return String(decoding: output.finish().array, as: UTF8.self)
  }

  @Test("text has a line for each thing, and no control characters of others")
  func text() {
    let leaderless = KafkaError(ErrorCode.leaderNotAvailable).reason
    #expect(
      report(.text) == """
        cluster c
        2 brokers
          broker 1 at a:9092
          broker 2 at b:9093, rack r (controller)
        2 topics
          topic \\x1bu, 0 partitions (internal): too\\nlate
          topic t, 2 partitions, id AAAAAAAAAAAAAAAAAAAAAQ
            partition 0, leader 2, replicas 2,1, in sync 2, offline 1 (under-replicated)
            partition 1, leader none, replicas 1, in sync 1: \(leaderless)

        """)
  }

  @Test("JSON is one line with every field, null where there is none")
  func json() {
    let leaderless = KafkaError(ErrorCode.leaderNotAvailable).reason
    #expect(
      report(.json) == #"{"cluster":"c","controller":2,"brokers":["#
        + #"{"id":1,"host":"a","port":9092,"rack":null},{"id":2,"host":"b","port":9093,"rack":"r"}],"topics":["#
        + #"{"topic":"\u001bu","id":null,"internal":true,"error":"too\nlate","partitions":[]},"#
        + #"{"topic":"t","id":"AAAAAAAAAAAAAAAAAAAAAQ","internal":false,"error":null,"partitions":["#
        + #"{"partition":0,"leader":2,"leaderEpoch":7,"replicas":[2,1],"inSyncReplicas":[2],"offlineReplicas":[1],"#
        + #""error":null},{"partition":1,"leader":null,"leaderEpoch":null,"replicas":[1],"inSyncReplicas":[1],"#
        + #""offlineReplicas":[],"error":"\#(leaderless)"}]}]}"# + "\n")
  }

  @Test("a cluster without topics has none in JSON")
  func empty() {
    #expect(report(.json, topics: []).hasSuffix(#""topics":[]}"# + "\n"))
  }
}
