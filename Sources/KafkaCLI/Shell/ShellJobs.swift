import Buffers
import KafkaClient

/// Prints a text.
struct TextJob: Job {
  var text: String

  var isChainOfRequests: Bool { true }

  func run(_ context: JobContext) async -> ExitStatus {
    var writer = OutputWriter(descriptor: context.outputDescriptor)
    writer.buffer.append(utf8: text.hasSuffix("\n") || text.isEmpty ? text : text + "\n")
    do throws(OutputError) { try writer.flush() } catch { return context.fail(error) }
    return .success
  }
}

/// Prints a table.
struct TableJob: Job {
  var table: TextTable

  var isChainOfRequests: Bool { true }

  func run(_ context: JobContext) async -> ExitStatus {
    var writer = OutputWriter(descriptor: context.outputDescriptor)
    table.append(to: &writer.buffer, isTerminal: writer.isTerminal)
    do throws(OutputError) { try writer.flush() } catch { return context.fail(error) }
    return .success
  }
}

/// Looks whether there is a topic.
struct TopicCheckJob: Job {
  var topic: String
  var timeout: Duration

  var isChainOfRequests: Bool { true }

  func run(_ context: JobContext) async -> ExitStatus {
    do throws(KafkaError) {
      let metadata = try await context.client.metadata(topics: [topic], timeout: timeout)
      if let error = metadata.topic(topic)?.error { return context.fail(error) }
      return .success
    } catch {
      return context.fail(error)
    }
  }
}

/// Learns the names of the topics anew.
struct RefreshJob: Job {
  var topics: ClusterNames
  var timeout: Duration

  var isChainOfRequests: Bool { true }

  func run(_ context: JobContext) async -> ExitStatus {
    do throws(KafkaError) {
      try await topics.refresh(timeout: timeout)
      return .success
    } catch {
      return context.fail(error)
    }
  }
}
