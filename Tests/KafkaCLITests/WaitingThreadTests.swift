import Glibc
import Testing

@testable import KafkaCLI

@Suite("A thread that waits", .timeLimit(.minutes(1)))
struct WaitingThreadTests {
  @Test("tasks that prefer it run on the thread that waits, until the value comes")
  func runs() {
    let waiting = WaitingThread<[Bool]>()
    let thread = pthread_self()
    Task(executorPreference: waiting) {
      var isHere = [pthread_equal(pthread_self(), thread) != 0]
      await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<10 {
          group.addTask {
            await Task.yield()
            return pthread_equal(pthread_self(), thread) != 0
          }
        }
        for await each in group { isHere.append(each) }
      }
      waiting.set(isHere)
    }
    #expect(waiting.wait() == [Bool](repeating: true, count: 11))
  }

  @Test("a value that another thread sets ends the wait, before or after it began", arguments: 0..<20)
  func wakes(round: Int) throws {
    let waiting = WaitingThread<Int>()
    // Not a task: those of all tests share a few threads, of which this one is held up.
    try DetachedThread.start("set") { waiting.set(round) }
    #expect(waiting.wait() == round)
  }
}
