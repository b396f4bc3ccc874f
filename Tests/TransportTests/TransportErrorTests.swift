import Testing

@testable import Transport

@Suite("Transport errors as text")
struct TransportErrorTests {
  @Test(
    "an error says what failed, where and why",
    arguments: [
      (
        .unresolved(host: "kafka", reason: "name or service not known"),
        "cannot find the address of kafka: name or service not known"
      ),
      (
        .unreachable([.init(address: "[::1]:9092", errno: 111), .init(address: "127.0.0.1:9092", errno: 113)]),
        "cannot connect: [::1]:9092: connection refused; 127.0.0.1:9092: no route to host"
      ),
      (.timedOut([]), "connecting took too long"),
      (.system(call: "read", errno: 104), "connection reset by peer (read)"),
      (.closedByPeer(withinFrame: true), "the other side closed the connection within a message"),
      (.frameLength(0x4854_5450, limit: 100, head: [0x48, 0x54, 0x54, 0x50]), "the other side speaks HTTP"),
      (.frameLength(0x5353_482d, limit: 100, head: [0x53, 0x53, 0x48, 0x2d]), "the other side speaks SSH"),
      (
        .frameLength(0x1503_0300, limit: 100, head: [0x15, 3, 3, 0]),
        "the other side speaks TLS (it answered with an alert)"
      ),
      (.frameLength(-5, limit: 100, head: [255, 255, 255, 251]), "a message announced -5 bytes, allowed are 0 to 100"),
    ] as [(TransportError, String)])
  func text(error: TransportError, text: String) {
    #expect(error.description == text)
  }
}
