import Glibc

/// Finds the addresses of a name. May take as long as the name servers do, so it is asked on a thread of its own.
protocol NameResolver: Sendable {
  func addresses(
    of host: String, port: UInt16, family: AddressFamily
  ) -> Result<[SocketAddress], TransportError>
}

/// Asks the C library, which knows of /etc/hosts, of name servers and of whatever else the machine is set up for.
struct SystemNameResolver: NameResolver {
  /// There is no such name, or it has no address (which the C library's header shows to its friends only).
  private static let permanentFailures = [EAI_NONAME, -5]

  func addresses(
    of host: String, port: UInt16, family: AddressFamily
  ) -> Result<[SocketAddress], TransportError> {
    Self.addresses(of: host, port: port, family: family, flags: 0)
  }

  /// The address that `host` spells in digits, with or without brackets; nil when it is a name. Never blocks.
  static func literal(_ host: String, port: UInt16, family: AddressFamily) -> SocketAddress? {
    let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    guard case .success(let addresses) = addresses(of: bare, port: port, family: family, flags: AI_NUMERICHOST)
    else { return nil }
    return addresses.first
  }

  private static func addresses(
    of host: String, port: UInt16, family: AddressFamily, flags: Int32
  ) -> Result<[SocketAddress], TransportError> {
    // C would see the part before a NUL, which is another name.
    guard !host.isEmpty, !host.utf8.contains(0) else {
      return .failure(.unresolved(host: host, reason: "not a host name"))
    }
    var hints = addrinfo()
    hints.ai_flags = flags
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_family =
      switch family {
      case .any: AF_UNSPEC
      case .ipv4: AF_INET
      case .ipv6: AF_INET6
      }
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    guard code == 0 else {
      let text = code == EAI_SYSTEM ? strerror(errno) : UnsafeMutablePointer(mutating: gai_strerror(code))
      let reason = text.map { String(cString: $0) } ?? "error \(code)"
      return .failure(
        .unresolved(host: host, reason: reason.lowercasedFirst, isTemporary: !permanentFailures.contains(code)))
    }
    defer { freeaddrinfo(list) }
    var found: [SocketAddress] = []
    var entry = list
    while let info = entry?.pointee {
      if let raw = info.ai_addr, var address = SocketAddress(raw, length: info.ai_addrlen) {
        address.port = port
        if !found.contains(address) { found.append(address) }
      }
      entry = info.ai_next
    }
    return found.isEmpty ? .failure(.unresolved(host: host, reason: "no address")) : .success(found)
  }
}

extension [SocketAddress] {
  /// The addresses in the order in which they are tried: the families take turns, the first one's first, so that
  /// a machine without one of them reaches the other at the second attempt (RFC 8305, section 4).
  var interleaved: [SocketAddress] {
    guard let family = first?.family else { return self }
    let preferred = filter { $0.family == family }
    let others = filter { $0.family != family }
    var result: [SocketAddress] = []
    for index in 0..<Swift.max(preferred.count, others.count) {
      if index < preferred.count { result.append(preferred[index]) }
      if index < others.count { result.append(others[index]) }
    }
    return result
  }
}
