import Glibc

/// A child process with pipes to its three streams, which are served by whoever waits for something.
///
/// It runs on a queue of its own, as waiting blocks a thread: Swift's own threads are few and belong to all tests.
package actor RunningProcess {
  private let queue = BlockingQueue()
  package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  package nonisolated let name: String
  private let childEnd: ChildEnd
  private let endsByItself: Bool
  private var input: InputFeed
  private var output: OutputDrain
  private var errors: OutputDrain

  /// Starts a program in a process group of its own, with default signal handling.
  ///
  /// - Parameters:
  ///   - arguments: What follows the program's own name.
  ///   - environment: All that it has; nil for what this process has.
  ///   - input: What it reads; nil keeps the pipe open until `closeInput`.
  ///   - endsByItself: Whether it is left to its own end, that of its input, when nobody waits for it any more.
  package init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil, input: [UInt8]? = [],
    endsByItself: Bool = false
  ) throws {
    self.endsByItself = endsByItself
    name = ([program] + arguments).joined(separator: " ")
    let pipes = try (input: Pipe(), output: Pipe(), errors: Pipe())
    let process = try Child.spawn(
      program, arguments, environment: environment,
      streams: [pipes.input.readEnd, pipes.output.writeEnd, pipes.errors.writeEnd], hasOwnGroup: true)
    childEnd = try ChildEnd(of: process)
    for end in [pipes.input.readEnd, pipes.output.writeEnd, pipes.errors.writeEnd] { close(end) }
    self.input = InputFeed(pipes.input.writeEnd, bytes: input ?? [], closesAtEnd: input != nil)
    output = OutputDrain(pipes.output.readEnd)
    errors = OutputDrain(pipes.errors.readEnd)
  }

  /// Starts a server that ends when this process does, however that ends.
  package static func server(_ program: String, _ arguments: [String]) throws -> RunningProcess {
    let keeper = #""$@" & cat >/dev/null; kill -9 %1"#
    return try RunningProcess("bash", ["-c", keeper, "keeper", program] + arguments, input: nil)
  }

  /// Starts processes one after the other while `body` runs, which live until it has ended: what must not be lent to
  /// whoever is started at the same time shows so.
  package static func startingOthers(_ body: () async throws -> Void) async throws {
    let others = Task {
      var others: [RunningProcess] = []
      repeat {
        // Each lives as long as somebody holds it.
        others.append(try RunningProcess("cat", [], input: nil))
        await Task.yield()
      } while !Task.isCancelled && others.count < 200
      return others
    }
    defer { others.cancel() }
    try await body()
    others.cancel()
    _ = try await others.value
  }

  deinit {
    if !endsByItself { childEnd.signal(SIGKILL) }
    for descriptor in [input.descriptor, output.descriptor, errors.descriptor] where descriptor >= 0 {
      close(descriptor)
    }
  }

  // MARK: What a test does to it

  /// Queues bytes for its standard input; they are written while something is waited for.
  package func write(_ bytes: [UInt8]) { input.append(bytes) }

  /// Waits until all of that is in the pipe, of which the process may have read nothing yet.
  package func inputWritten(within limit: Duration = .seconds(60)) throws {
    try wait(for: "its input to be taken", limit) { !$0.input.wantsWriting }
  }

  package func closeInput() { input.closesAtEnd = true }

  /// Sends a signal to it and to its own children.
  package nonisolated func signal(_ number: Int32) { childEnd.signal(number) }

  /// Waits until its standard output contains a text.
  @discardableResult
  package func output(containing text: String, within limit: Duration = .seconds(30)) throws -> String {
    try wait(for: "\(text) on standard output", limit) { $0.output.contains(text) }
    return output.text
  }

  /// Waits until it has written so many bytes to standard output.
  package func output(ofBytes count: Int, within limit: Duration = .seconds(60)) throws {
    try wait(for: "\(count) bytes of standard output", limit) { $0.output.bytes.count >= count }
  }

  /// Waits until its standard error contains a text.
  @discardableResult
  package func errors(containing text: String, within limit: Duration = .seconds(30)) throws -> String {
    try wait(for: "\(text) on standard error", limit) { $0.errors.contains(text) }
    return errors.text
  }

  /// Waits for its end; kills it when that does not come in time.
  package func end(within limit: Duration = .seconds(60)) -> ProcessResult {
    do {
      try wait(for: "its end", limit) { $0.childEnd.isKnown && $0.output.isAtEnd && $0.errors.isAtEnd }
    } catch {
      childEnd.signal(SIGKILL)
      return ProcessResult(end: .outOfTime(limit), output: output.bytes, errors: errors.text)
    }
    return ProcessResult(end: childEnd.value, output: output.bytes, errors: errors.text)
  }

  // MARK: Serving the pipes

  private func wait(for what: String, _ limit: Duration, _ isDone: (isolated RunningProcess) -> Bool) throws {
    let deadline = ContinuousClock.now + limit
    while !isDone(self) {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { throw Failure("\(name): waited \(limit) for \(what)\n\(output.text)\n\(errors.text)") }
      serve(atMost: left)
      if output.isAtEnd, errors.isAtEnd, childEnd.isKnown, !isDone(self) {
        throw Failure("\(name): ended (\(childEnd.value)) before \(what)\n\(output.text)\n\(errors.text)")
      }
    }
  }

  /// Waits until a pipe is ready or the process has ended, and moves what can be moved.
  private func serve(atMost limit: Duration) {
    // A process may leave its output to a child that lives longer.
    let endDescriptor = childEnd.isKnown ? -1 : childEnd.descriptor
    if endDescriptor < 0, output.isAtEnd, errors.isAtEnd { return }
    var descriptors = [
      pollfd(fd: input.wantsWriting ? input.descriptor : -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: output.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: endDescriptor, events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds = limit.components.seconds * 1000 + limit.components.attoseconds / 1_000_000_000_000_000
    _ = poll(&descriptors, 4, Int32(clamping: milliseconds + 1))
    if descriptors[0].revents != 0 { input.advance() }
    if descriptors[1].revents != 0 { output.advance() }
    if descriptors[2].revents != 0 { errors.advance() }
  }
}
