import Glibc

/// Ports of loopback that nobody listens at.
package enum FreePorts {
  /// Finds a base port such that it and ten ports for each node after the first ten are free.
  package static func base(nodes: Int) throws -> Int {
    // Below what Linux gives to outgoing connections.
    for _ in 0..<100 {
      let base = Int.random(in: 1100..<3000) * 10
      if (0..<(nodes + 1) * 10).allSatisfy({ isFree(base + $0) }) { return base }
    }
    throw Failure("no free range of ports for \(nodes) nodes")
  }

  private static func isFree(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
