import Buffers
import KafkaClient
import Transport

/// Prints the cluster: its brokers, topics and partitions.
package struct MetadataJob: Job {
  var topics: [String]?
  var form: MetadataArguments.Form
  var timeout: Duration

  package var isChainOfRequests: Bool { true }

  package func run(_ context: JobContext) async -> ExitStatus {
    do throws(KafkaError) {
      let metadata = try await context.client.metadata(topics: topics, timeout: timeout)
      var writer = OutputWriter(descriptor: context.outputDescriptor)
      MetadataReport(metadata).append(form, to: &writer.buffer)
      do throws(OutputError) { try writer.flush() } catch { return context.fail(error) }
      return status(metadata, context)
    } catch {
      return context.fail(error)
    }
  }

  /// Only a topic that was asked for by name and is not there makes the command fail.
  private func status(_ metadata: ClusterMetadata, _ context: JobContext) -> ExitStatus {
    var status = ExitStatus.success
    for name in topics ?? [] {
      guard let error = metadata.topic(name)?.error else { continue }
      status = status.combined(with: context.fail(error))
    }
    return status
  }
}
