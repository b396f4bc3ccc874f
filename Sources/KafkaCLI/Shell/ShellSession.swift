import Glibc
import KafkaClient
import Transport

/// A session of the shell: lines one after another, each with the status that it would have as a command of its own.
package final class ShellSession {
  private let runner: CommandRunner
  private let topics: ClusterNames
  private let diagnostics: Diagnostics
  private let history: CommandHistory?
  private var setting: ShellCommand.Setting
  /// The status of the last line that failed.
  private var failure = ExitStatus.success
  private var lineNumber = 0

  /// - Parameter history: The lines that were typed; nothing for a script.
  init(
    _ common: CommonArguments, runner: CommandRunner, topics: ClusterNames, _ diagnostics: Diagnostics,
    history: CommandHistory?
  ) {
    setting = ShellCommand.Setting(common: common, isScript: history == nil)
    self.runner = runner
    self.topics = topics
    self.diagnostics = diagnostics
    self.history = history
  }

  /// A session that runs a script.
  package convenience init(
    script common: CommonArguments, runner: CommandRunner, _ diagnostics: Diagnostics
  ) throws(InputError) {
    self.init(common, runner: runner, topics: try .topics(of: runner.client), diagnostics, history: nil)
  }

  /// Runs all lines.
  ///
  /// - Parameter remember: Told of the lines that can be called back.
  /// - Returns: For a script the status of the last line that failed; or the signal that ended the session.
  package func run(_ source: some LineSource, remember: ([UInt8]) -> Void = { _ in }) -> ExitStatus {
    while true {
      switch source.next(prompt: prompt) {
      case .dropped: continue
      case .tooLong:
        lineNumber += 1
        fail(UsageError("the line is too long"))
      case .end: return setting.isScript ? failure : .success
      case .signal(let signal): return .signal(signal)
      case .failure(let error):
        diagnostics.error(error.message)
        return .refused
      case .line(let text):
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
          lineNumber += 1
          note(Array(line), remember)
          if let end = evaluate(Array(line)) { return end }
        }
      }
    }
  }

  private var prompt: String {
    let broker = setting.common.brokers.first.map { TerminalText.escaped("\($0)") } ?? ""
    return "kavka \(broker)\(setting.topicInUse.map { "/\($0)" } ?? "")> "
  }

  private func note(_ line: [UInt8], _ remember: ([UInt8]) -> Void) {
    do throws(InputError) {
      if try history?.add(line) == true { remember(line) }
    } catch {
      diagnostics.error(error.message)
    }
  }

  // MARK: One line

  /// - Returns: The status of the session when the line ends it.
  private func evaluate(_ text: [UInt8]) -> ExitStatus? {
    do throws(UsageError) {
      let line = try ShellLine(parsing: text)
      guard !line.words.isEmpty else { return nil }
      let command = try ShellCommand(line.words, setting)
      if command == .exit { return setting.isScript ? failure : .success }
      let status = run(command, to: line.destination)
      if status != .success { failure = status }
      if let signal = runner.endingSignal { return .signal(signal) }
      // Nobody sees what the shell writes any more.
      return status == .brokenPipe ? status : nil
    } catch {
      fail(error)
      return nil
    }
  }

  private func fail(_ error: UsageError) {
    diagnostics(for: setting.common).usage(error)
    failure = .usage
  }

  private func run(_ command: ShellCommand, to destination: ShellLine.Destination) -> ExitStatus {
    let common = setting.common
    func run(_ job: any Job, _ common: CommonArguments, usedSignals: Int = 1) -> ExitStatus {
      runner.run(job, to: destination, diagnostics(for: common), usedSignals: usedSignals)
    }
    switch command {
    case .run(let invocation):
      if let own = invocation.common { diagnostics(for: own).remarks(of: own.configuration) }
      let now = runner.client.runtime.wallClock.milliseconds
      return run(
        invocation.shellJob(now: now), invocation.common ?? common, usedSignals: invocation.usedSignals)
    case .text(let text): return run(TextJob(text: text), common)
    case .history: return run(TextJob(text: history?.listing ?? ""), common)
    case .refresh: return run(RefreshJob(topics: topics, timeout: common.timeout), common)
    case .use(nil):
      setting.topicInUse = nil
      return .success
    case .use(let topic?):
      let status = run(TopicCheckJob(topic: topic, timeout: common.timeout), common)
      if status == .success { setting.topicInUse = topic }
      return status
    case .exit: preconditionFailure("it does not run")
    }
  }

  private func diagnostics(for common: CommonArguments) -> Diagnostics {
    diagnostics.with(
      isQuiet: common.isQuiet, isVerbose: common.isVerbose, debug: common.debug,
      place: setting.isScript ? "line \(lineNumber)" : nil)
  }
}
