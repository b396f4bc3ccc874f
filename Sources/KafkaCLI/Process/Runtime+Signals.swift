import Transport

extension Runtime {
  /// Delivers the signals that ask a process to end, on the loop. They must be blocked in every thread.
  func deliverSignals(_ diagnostics: Diagnostics, to deliver: @escaping @Sendable (Int32) -> Void) {
    loop.execute { [loop] in
      do throws(TransportError) {
        _ = try SignalSource(ProcessEnd.signals, on: loop, deliver)
      } catch {
        diagnostics.error("\(error)")
      }
    }
  }
}
