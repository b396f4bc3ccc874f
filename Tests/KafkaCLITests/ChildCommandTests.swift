import Glibc
import Testing

@testable import KafkaCLI

@Suite("A command that is run for the user")
struct ChildCommandTests {
  private func run(_ words: [String], signalMask: sigset_t = sigset_t()) throws -> KafkaCLI.ExitStatus {
    let child = try ChildCommand(
      words.map { Array($0.utf8) }, environment: ("KAVKA_BROKERS", "127.0.0.1:1"), signalMask: signalMask)
    return child.wait()
  }

  @Test(
    "its exit status is told, and which signal ended it",
    arguments: [
      ("exit 0", KafkaCLI.ExitStatus.command(0)), ("exit 7", .command(7)), ("exit 255", .command(255)),
      ("kill -TERM $$", .signal(SIGTERM)), ("kill -INT $$", .signal(SIGINT)), ("kill -KILL $$", .command(137)),
    ])
  func statuses(script: String, status: KafkaCLI.ExitStatus) throws {
    // Whoever runs the tests may ignore SIGINT, as shells do for what they run in the background.
    #expect(try run(["env", "--default-signal=INT", "sh", "-c", script]) == status)
  }

  @Test("it has the variable instead of another of the same name, and all others")
  func environment() throws {
    let script = #"test "$(env | grep -c ^KAVKA_BROKERS=)$KAVKA_BROKERS" = 1127.0.0.1:1 && test -n "$PATH""#
    #expect(try run(["sh", "-c", script]) == .command(0))
  }

  @Test("its words are passed on as they are")
  func words() throws {
    let script = #"test $# = 3 && test "$1" = 'a b' && test -z "$2" && test "$3" = '*'"#
    #expect(try run(["sh", "-c", script, "sh", "a b", "", "*"]) == .command(0))
  }

  @Test("S29: it begins with the signals that it is told to block, and SIGPIPE ends it")
  func signals() throws {
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, SIGUSR1)
    let script = "read -r _ blocked <<EOF\n$(grep SigBlk /proc/self/status)\nEOF\ntest $blocked = 0000000000000200"
    #expect(try run(["sh", "-c", script], signalMask: mask) == .command(0))
    #expect(try run(["sh", "-c", "kill -PIPE $$"]) == .command(128 + SIGPIPE))
  }

  @Test(
    "one that is not there, or cannot be run, is told apart",
    arguments: [
      ("kavka-has-no-such-command", Int32(127)), ("/", Int32(126)),
    ])
  func missing(name: String, status: Int32) {
    let error = #expect(throws: ChildCommand.StartError.self) { try run([name]) }
    #expect(error?.status == status)
    #expect(error?.message.contains("'\(name)'") == true)
  }
}
