import CLinux
import Glibc

/// What is called on the loop when a descriptor that it registered is ready.
protocol DescriptorHandler: AnyObject, Sendable {
  func ready(_ events: Poller.Events)

  /// The loop is about to end: the descriptor is to be closed and those who wait are to be told.
  func loopStops()
}

/// The descriptors of one loop and who handles them: epoll(7), level-triggered, and an eventfd that ends the wait.
///
/// To be used on the loop, but for ``wake()``.
final class Poller {
  struct Events: OptionSet {
    var rawValue: UInt32

    static let readable = Events(rawValue: EPOLLIN.rawValue)
    static let writable = Events(rawValue: EPOLLOUT.rawValue)
    /// An error or the end of both directions; reported whether asked for or not.
    static let ended = Events(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
  }

  private struct Slot {
    var handler: (any DescriptorHandler)?
    var interest: Events = []
    /// Tells an event of this registration from one of an earlier descriptor with the same number.
    var generation: UInt32 = 0
  }

  private static let wakeUpMark = UInt64.max
  private let epoll: Int32
  private let wakeUp: Int32
  private var slots: [Slot] = []
  private var events = [epoll_event](repeating: epoll_event(), count: 128)

  init() throws(TransportError) {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard epoll >= 0 else { throw TransportError.system(call: "epoll_create1", errno: errno) }
    wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard wakeUp >= 0 else {
      let code = errno
      Glibc.close(epoll)
      throw TransportError.system(call: "eventfd", errno: code)
    }
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: Self.wakeUpMark))
    guard epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, &event) == 0 else {
      let code = errno
      close()
      throw TransportError.system(call: "epoll_ctl", errno: code)
    }
  }

  /// Closes the poller's own descriptors.
  func close() {
    Glibc.close(wakeUp)
    Glibc.close(epoll)
  }

  /// Registers a descriptor. One without interest is known to the loop's end only, and gives no events.
  func add(_ descriptor: Int32, _ interest: Events, _ handler: any DescriptorHandler) throws(TransportError) {
    let index = Int(descriptor)
    while slots.count <= index { slots.append(Slot()) }
    slots[index].generation &+= 1
    slots[index].interest = []
    slots[index].handler = handler
    do throws(TransportError) {
      try change(descriptor, interest)
    } catch {
      slots[index].handler = nil
      throw error
    }
  }

  /// Changes what is waited for.
  func change(_ descriptor: Int32, _ interest: Events) throws(TransportError) {
    let index = Int(descriptor)
    let old = slots[index].interest
    guard interest != old else { return }
    // Out of the set rather than in it with no interest: an error would still be reported, turn after turn.
    let operation = old.isEmpty ? EPOLL_CTL_ADD : interest.isEmpty ? EPOLL_CTL_DEL : EPOLL_CTL_MOD
    let mark = UInt64(slots[index].generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
    var event = epoll_event(events: interest.rawValue, data: epoll_data_t(u64: mark))
    guard epoll_ctl(epoll, operation, descriptor, &event) == 0 else {
      throw TransportError.system(call: "epoll_ctl", errno: errno)
    }
    slots[index].interest = interest
  }

  /// Forgets a descriptor. Must come before it is closed, or its number may name another by then.
  func remove(_ descriptor: Int32) {
    let index = Int(descriptor)
    guard index < slots.count, slots[index].handler != nil else { return }
    if !slots[index].interest.isEmpty {
      var event = epoll_event()
      epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &event)
    }
    slots[index].handler = nil
    slots[index].interest = []
    slots[index].generation &+= 1
  }

  /// All handlers that are registered.
  var handlers: [any DescriptorHandler] { slots.compactMap(\.handler) }

  /// Waits until a descriptor is ready, ``wake()`` is called or the time is over, and calls the handlers.
  ///
  /// - Parameter timeout: In milliseconds; negative to wait without an end.
  func wait(_ timeout: Int32) {
    let count = events.withUnsafeMutableBufferPointer { buffer in
      epoll_wait(epoll, buffer.baseAddress, Int32(buffer.count), timeout)
    }
    // EINTR is the one error that a valid set can give; the loop simply takes another turn.
    guard count > 0 else { return }
    for index in 0..<Int(count) {
      let event = events[index]
      guard event.data.u64 != Self.wakeUpMark else {
        drainWakeUp()
        continue
      }
      let slot = slots[Int(event.data.u64 & 0xffff_ffff)]
      guard slot.generation == UInt32(event.data.u64 >> 32) else { continue }
      slot.handler?.ready(Events(rawValue: event.events))
    }
  }

  /// Ends a ``wait(_:)``, this one or the next. May be called on any thread.
  func wake() {
    var one: UInt64 = 1
    // A full counter gives EAGAIN, and wakes as well.
    _ = write(wakeUp, &one, 8)
  }

  private func drainWakeUp() {
    var count: UInt64 = 0
    _ = read(wakeUp, &count, 8)
  }
}
