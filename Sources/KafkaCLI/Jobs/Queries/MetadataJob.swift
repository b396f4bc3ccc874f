import Buffers
import KafkaClient
import Transport

/// Prints the cluster: its brokers, topics and partitions; or what each broker speaks, or whether it can be reached.
package struct MetadataJob: Job {
  var topics: [String]?
  var form: MetadataArguments.Form
  var timeout: Duration

  package var isChainOfRequests: Bool { true }

  package func run(_ context: JobContext) async -> ExitStatus {
    do throws(KafkaError) {
      switch form {
      case .cluster(let view):
        let metadata = try await context.client.metadata(topics: topics, timeout: timeout)
        return write(context) { output, _ in MetadataReport(metadata).append(view, to: &output) }
          .combined(with: status(metadata, context))
      case .apiVersions(let isJSON):
        let brokers = try await context.client.brokerAPIs(timeout: timeout)
        return write(context) { output, isTerminal in
          APIVersionsReport(brokers).append(isJSON: isJSON, to: &output, isTerminal: isTerminal)
        }.combined(with: status(brokers, context))
      case .check(let isJSON):
        let checks = await context.client.checkBrokers(timeout: timeout)
        return write(context) { output, isTerminal in
          BrokerCheckReport(checks).append(isJSON: isJSON, to: &output, isTerminal: isTerminal)
        }.combined(with: status(checks, context))
      }
    } catch {
      return context.fail(error)
    }
  }

  private func write(_ context: JobContext, _ append: (inout BytesBuilder, Bool) -> Void) -> ExitStatus {
    var writer = OutputWriter(descriptor: context.outputDescriptor)
    append(&writer.buffer, writer.isTerminal)
    do throws(OutputError) { try writer.flush() } catch { return context.fail(error) }
    return .success
  }

  /// Only a topic that was asked for by name and is not there makes the command fail.
  private func status(_ metadata: ClusterMetadata, _ context: JobContext) -> ExitStatus {
    var status = ExitStatus.success
    var seen: Set<String> = []
    for name in topics ?? [] where seen.insert(name).inserted {
      guard let error = metadata.topic(name)?.error else { continue }
      status = status.combined(with: context.fail(error))
    }
    return status
  }

  private func status(_ brokers: [BrokerAPIs], _ context: JobContext) -> ExitStatus {
    var status = ExitStatus.success
    for broker in brokers {
      if let error = broker.error {
        status = status.combined(with: context.fail(error))
      } else if !broker.isTold {
        context.diagnostics.note(
          "broker \(broker.broker.id) cannot say what it speaks; these are the versions of Kafka 0.8 and 0.9")
      }
    }
    return status
  }

  /// The reasons are in the output, so that one line sums them up.
  private func status(_ checks: [BrokerCheck], _ context: JobContext) -> ExitStatus {
    let failures = checks.compactMap(\.error)
    guard !failures.isEmpty else { return .success }
    context.diagnostics.error("\(failures.count) of \(checks.count) addresses cannot be reached")
    return failures.reduce(.unreachable) { $0.combined(with: ExitStatus($1)) }
  }
}
