import Glibc

/// An IPv4 or IPv6 address with a port, as the system calls want it.
struct SocketAddress: Sendable {
  private var storage: sockaddr_storage
  private(set) var length: socklen_t

  /// Takes over what a system call or the resolver gave; nil for what is neither IPv4 nor IPv6.
  init?(_ address: UnsafePointer<sockaddr>, length: socklen_t) {
    let size = Int(length)
    switch Int32(address.pointee.sa_family) {
    case AF_INET where size >= MemoryLayout<sockaddr_in>.size: break
    case AF_INET6 where size >= MemoryLayout<sockaddr_in6>.size: break
    default: return nil
    }
    guard size <= MemoryLayout<sockaddr_storage>.size else { return nil }
    storage = sockaddr_storage()
    self.length = length
    withUnsafeMutableBytes(of: &storage) { target in
      target.copyMemory(from: UnsafeRawBufferPointer(start: address, count: size))
    }
  }

  /// The own (`getsockname`) or the other (`getpeername`) address of a socket.
  init?(of descriptor: Int32, _ get: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32)
  {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let address = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        get(descriptor, address, &length) == 0 ? SocketAddress(address, length: length) : nil
      }
    }
    guard let address else { return nil }
    self = address
  }

  static func own(_ descriptor: Int32) -> SocketAddress? { SocketAddress(of: descriptor) { getsockname($0, $1, $2) } }
  static func peer(_ descriptor: Int32) -> SocketAddress? { SocketAddress(of: descriptor) { getpeername($0, $1, $2) } }

  /// `AF_INET` or `AF_INET6`.
  var family: Int32 { Int32(storage.ss_family) }

  var port: UInt16 {
    get { withUnsafeBytes(of: storage) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) } }
    set {
      // Both kinds of address have the port right behind the family.
      withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: newValue.bigEndian, toByteOffset: 2, as: UInt16.self) }
    }
  }

  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
    withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0) }
    }
  }
}

extension SocketAddress: Equatable {
  static func == (left: SocketAddress, right: SocketAddress) -> Bool {
    left.length == right.length
      && left.withPointer { first in right.withPointer { memcmp(first, $0, Int(left.length)) } } == 0
  }
}

extension SocketAddress: CustomStringConvertible {
  /// `127.0.0.1:9092` or `[::1]:9092`.
  var description: String {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let size = socklen_t(text.count)
    let code = withPointer { getnameinfo($0, length, &text, size, nil, 0, NI_NUMERICHOST) }
    guard code == 0 else { return "?:\(port)" }
    let host = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return family == AF_INET6 ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
