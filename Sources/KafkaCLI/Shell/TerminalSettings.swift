import Glibc

/// The settings of a terminal at a time, for when a program has changed them.
struct TerminalSettings {
  private let descriptor: Int32
  private var settings = termios()
  private let isKnown: Bool

  init(of descriptor: Int32) {
    self.descriptor = descriptor
    isKnown = tcgetattr(descriptor, &settings) == 0
  }

  func restore() {
    guard isKnown else { return }
    var settings = settings
    tcsetattr(descriptor, TCSADRAIN, &settings)
  }
}
