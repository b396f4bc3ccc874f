import Glibc
import KafkaMockBroker
import Transport

/// `kavka mock`: a process with a cluster in it, by itself or for the time of another command.
struct MockCommand {
  private struct Failure: Error {
    let message: String
    var status = ExitStatus.refused
  }

  private let arguments: MockArguments
  private let diagnostics: Diagnostics

  init(_ arguments: MockArguments, _ diagnostics: Diagnostics) {
    self.arguments = arguments
    self.diagnostics = diagnostics.with(isQuiet: arguments.isQuiet, isVerbose: false)
  }

  /// Serves until a signal comes or the command ends. The end of the process closes what the cluster has open.
  func run() -> ExitStatus {
    let signalMask = ChildCommand.currentSignalMask
    // Before any thread starts, so that all of them leave the signals to the loop.
    SignalSource.block(ProcessEnd.signals)
    signal(SIGPIPE, SIG_IGN)
    do throws(Failure) {
      let runtime = try Self.startRuntime()
      let cluster = try startCluster(on: runtime)
      // The listeners serve no longer than there is somebody who holds the cluster.
      defer { withExtendedLifetime(cluster) {} }
      guard !arguments.command.isEmpty else { return try serve(cluster.bootstrapServers, on: runtime) }
      return try runCommand(cluster.bootstrapServers, on: runtime, signalMask: signalMask)
    } catch {
      diagnostics.error(error.message)
      return error.status
    }
  }

  private static func startRuntime() throws(Failure) -> Runtime {
    do throws(TransportError) { return try Runtime.system() } catch { throw Failure(message: "\(error)") }
  }

  private func startCluster(on runtime: Runtime) throws(Failure) -> MockCluster {
    var configuration = MockClusterConfiguration(brokers: arguments.brokers)
    for topic in arguments.topics { configuration.topics[topic.name] = Int(topic.partitions) }
    configuration.firstPort = arguments.port
    let started = WaitingThread<Result<MockCluster, MockClusterError>>()
    runtime.spawn { [configuration] in
      do throws(MockClusterError) {
        started.set(.success(try await MockCluster.start(configuration, on: runtime)))
      } catch {
        started.set(.failure(error))
      }
    }
    do throws(MockClusterError) { return try started.wait().get() } catch { throw Failure(message: "\(error)") }
  }

  /// Says where the cluster is, and waits for a signal.
  private func serve(_ addresses: String, on runtime: Runtime) throws(Failure) -> ExitStatus {
    let end = WaitingThread<Int32>()
    runtime.deliverSignals(diagnostics) { end.set($0) }
    let status = KavkaTool.print(addresses, diagnostics)
    guard status == .success else { return status }
    diagnostics.note("serving until SIGINT or SIGTERM comes, with all records in memory")
    return .signal(end.wait())
  }

  /// Runs a command that finds the cluster in its environment, and waits for its end.
  private func runCommand(
    _ addresses: String, on runtime: Runtime, signalMask: sigset_t
  ) throws(Failure) -> ExitStatus {
    let child: ChildCommand
    do throws(ChildCommand.StartError) {
      child = try ChildCommand(
        arguments.command, environment: ("KAVKA_BROKERS", addresses), signalMask: signalMask)
    } catch {
      throw Failure(message: error.message, status: .command(error.status))
    }
    runtime.deliverSignals(diagnostics) { child.pass($0) }
    return child.wait()
  }
}
