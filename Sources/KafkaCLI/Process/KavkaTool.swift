import Buffers
import Glibc
import KafkaClient
import Transport

/// The program: from the words of a command line to the end of the process.
package enum KavkaTool {
  /// Runs the command that the process was started with.
  package static func main() -> Never {
    StandardStreams.occupyClosed()
    Heap.giveBackLargeBlocks()
    let diagnostics = Diagnostics()
    let environment = ProcessEnvironment.variables
    do throws(UsageError) {
      let invocation = try CommandLineParser.parse(Argument.ofProcess(), environment: environment)
      ProcessEnd.with(run(invocation, diagnostics, environment))
    } catch {
      diagnostics.usage(error)
      ProcessEnd.with(.usage)
    }
  }

  private static func run(
    _ invocation: Invocation, _ diagnostics: Diagnostics, _ environment: [String: String]
  ) -> ExitStatus {
    switch invocation {
    case .text(let text): return print(text, diagnostics)
    case .table(let table): return print(table, diagnostics)
    case .version: return print(VersionText.line, diagnostics)
    case .produce(let arguments): return client(arguments.common, diagnostics).run { _ in ProduceJob(arguments) }
    case .consume(let arguments): return client(arguments.common, diagnostics).run { ConsumeJob(arguments, now: $0) }
    case .offsets(let arguments): return client(arguments.common, diagnostics).run { arguments.job(now: $0) }
    case .offsetChange(let arguments):
      return client(arguments.common, diagnostics).run { OffsetChangeJob(arguments, now: $0) }
    case .metadata(let arguments): return client(arguments.common, diagnostics).run { _ in MetadataJob(arguments) }
    case .shell(let arguments): return ShellProcess(arguments, diagnostics, environment: environment).run()
    case .mock(let arguments): return MockCommand(arguments, diagnostics).run()
    }
  }

  private static func client(_ arguments: CommonArguments, _ diagnostics: Diagnostics) -> ClientProcess {
    ClientProcess(arguments, diagnostics)
  }

  /// Writes text to standard output, as whole lines.
  static func print(_ text: String, _ diagnostics: Diagnostics) -> ExitStatus {
    var writer = OutputWriter()
    writer.buffer.append(utf8: text.hasSuffix("\n") ? text : text + "\n")
    return finish(&writer, diagnostics)
  }

  private static func print(_ table: TextTable, _ diagnostics: Diagnostics) -> ExitStatus {
    var writer = OutputWriter()
    table.append(to: &writer.buffer, isTerminal: writer.isTerminal)
    return finish(&writer, diagnostics)
  }

  private static func finish(_ writer: inout OutputWriter, _ diagnostics: Diagnostics) -> ExitStatus {
    do throws(OutputError) { try writer.flush() } catch {
      if error == .brokenPipe { return .brokenPipe }
      diagnostics.error(error.message)
      return .refused
    }
    return .success
  }
}
