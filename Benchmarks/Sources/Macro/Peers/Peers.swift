import Glibc
import TestHarness

/// The programs of this machine.
struct Peers {
  /// The builds of kavka that are compared; the first one also serves as the mock cluster and prepares topics.
  let kavka: [Peer]
  let others: [Peer]
  /// A cluster in memory by another hand, which costs less than a broker.
  let faked: String?

  var all: [Peer] { kavka + others }

  /// - Parameter builds: `PATH` or `NAME=PATH`; `$KAVKA_BIN`, else the release build of this project, if empty.
  init(builds: [String], only: [String]) throws {
    let usual = Self.variable("KAVKA_BIN") ?? "\(Programs.packageRoot)/.build/release/kavka"
    kavka = try (builds.isEmpty ? [usual] : builds).enumerated().map { index, build in
      let parts = build.split(separator: "=", maxSplits: 1).map(String.init)
      let path = parts.last ?? build
      guard TextFile.isExecutable(path) else { throw Failure("\(path) is not there: 'make release' builds it") }
      let name = parts.count == 2 ? parts[0] : index == 0 ? "kavka" : "kavka-\(index + 1)"
      return Peer(program: .kavka, label: name, path: path)
    }
    let folder = Self.variable("KAVKA_TEST_PEERS") ?? "\(Programs.packageRoot)/../shared/peers"
    var others: [Peer] = []
    if let path = Programs.kcat { others.append(Peer(program: .kcat, label: "kcat", path: path)) }
    let franzGo = "\(folder)/kgocat/kgocat"
    if TextFile.isExecutable(franzGo) {
      others.append(Peer(program: .franzGo, label: "franz-go", path: franzGo))
    } else {
      print("no \(franzGo): franz-go is left out")
    }
    self.others = only.isEmpty ? others : others.filter { only.contains($0.label) }
    faked = Programs.kfaked
  }

  static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
