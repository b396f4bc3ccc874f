import Glibc
package import KafkaClient

/// Bootstrap servers as users write them: `host`, `host:9093`, `[::1]:9092`, `::1`.
extension BrokerAddress {
  private static let defaultPort: UInt16 = 9092

  /// Reads servers separated by commas; spaces around them do not count.
  package static func parseList(_ text: String) throws(UsageError) -> [BrokerAddress] {
    var addresses: [BrokerAddress] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = part.drop { $0 == " " || $0 == "\t" }
      let end = trimmed.lastIndex { $0 != " " && $0 != "\t" }
      guard let end else {
        throw UsageError(
          addresses.isEmpty && !text.contains(",") ? "no broker is named" : "'\(text)' has an empty entry")
      }
      addresses.append(try BrokerAddress(argument: String(trimmed[...end])))
    }
    return addresses
  }

  package init(argument text: String) throws(UsageError) {
    if let end = text.firstPlace(of: "://") {
      let scheme = text[..<end]
      throw UsageError("'\(text)' is not HOST[:PORT]", advice: "leave out '\(scheme)://'")
    }
    if text.hasPrefix("[") {
      guard let bracket = text.firstIndex(of: "]") else {
        throw UsageError("'\(text)' has no closing bracket", advice: "write it like [::1]:9092")
      }
      let inside = String(text[text.index(after: text.startIndex)..<bracket])
      let rest = text[text.index(after: bracket)...]
      guard Self.isIPv6(inside) else { throw UsageError("'\(inside)' is not an IPv6 address") }
      guard rest.isEmpty || rest.hasPrefix(":") else { throw UsageError("'\(text)' is not HOST[:PORT]") }
      self.init(host: inside, port: rest.isEmpty ? Self.defaultPort : try Self.port(String(rest.dropFirst()), of: text))
    } else if Self.isIPv6(text) {
      self.init(host: text)
    } else {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard Self.isHostName(parts[0]) else { throw UsageError("'\(text)' is not HOST[:PORT]") }
      self.init(host: parts[0], port: parts.count == 1 ? Self.defaultPort : try Self.port(parts[1], of: text))
    }
  }

  private static func port(_ text: String, of address: String) throws(UsageError) -> UInt16 {
    guard let number = DecimalNumber.parse(text), let port = UInt16(exactly: number), port > 0 else {
      throw UsageError("'\(address)' has no valid port", advice: "ports are 1 to 65535")
    }
    return port
  }

  /// Whether the text is an IPv6 address, with or without a zone such as `%eth0`.
  private static func isIPv6(_ text: String) -> Bool {
    let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts[0].contains(":"), parts.count == 1 || !parts[1].isEmpty else { return false }
    var address = in6_addr()
    return inet_pton(AF_INET6, String(parts[0]), &address) == 1
  }

  private static func isHostName(_ text: String) -> Bool {
    let isLegal = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: byte >= 0x80
      }
    }
    return isLegal && (1...255).contains(text.utf8.count) && text.first != "-" && text.first != "."
  }
}
