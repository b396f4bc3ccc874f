import KafkaClient
import KafkaMockBroker

@main
enum Hello {
  static func main() async throws {
    try await withMockCluster(topics: ["greetings": 3]) { cluster in
      let broker = BrokerAddress(host: cluster.brokers[0].host, port: cluster.brokers[0].port)
      try await withKafkaClient(KafkaClientConfiguration(bootstrap: [broker])) { client throws(KafkaError) in
        try await client.withProducer { producer throws(KafkaError) in
          for text in ["hello", "world"] {
            let value = Array(text.utf8)
            try await producer.append(value: value.span.bytes, to: "greetings")
          }
        }
        var configuration = ConsumerConfiguration()
        configuration.stopsAtEnd = true
        for try await batch in client.records(of: "greetings", configuration) {
          try batch.forEach { record throws(KafkaError) in
            let value = record.value?.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            print(batch.partition, record.offset, value ?? "null")
          }
        }
      }
    }
  }
}
