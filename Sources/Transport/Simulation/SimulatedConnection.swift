/// Two channels and the two pipes between them.
///
/// Unchecked because it is used on the simulation's thread only.
final class SimulatedConnection: @unchecked Sendable {
  let number: Int
  let endpoint: SimulatedNetwork.Endpoint
  let client: SimulatedChannel
  let server: SimulatedChannel
  let latency: Duration
  private let network: SimulatedNetwork

  init(number: Int, endpoint: SimulatedNetwork.Endpoint, latency: Duration, network: SimulatedNetwork) {
    self.number = number
    self.endpoint = endpoint
    self.latency = latency
    self.network = network
    client = SimulatedChannel(peer: endpoint.text, loop: network.loop)
    server = SimulatedChannel(peer: "127.0.0.1:\(20_000 + number % 20_000)", loop: network.loop)
    client.out = SimulatedPipe(self, to: server, network: network)
    server.out = SimulatedPipe(self, to: client, network: network)
    client.onClose = { self.channelClosed() }
    server.onClose = { self.channelClosed() }
  }

  /// Whether nothing passes, in either direction.
  var isSilent: Bool { network.faults.silentHosts.contains(endpoint.host) }

  /// Loses what is on the way and ends both channels, each when it hears of it.
  func breakOff(_ parcel: SimulatedPipe.Parcel) {
    for pipe in [client.out, server.out] {
      pipe?.loseAll()
      pipe?.dispatch(parcel)
    }
  }

  /// Lets pass what has waited while the connection was silent.
  func resume() {
    for pipe in [client.out, server.out] { pipe?.releaseHeld() }
  }

  private func channelClosed() {
    guard !client.isOpen, !server.isOpen else { return }
    network.remove(self)
    discard()
  }

  /// Breaks the circle of references.
  func discard() {
    client.discard()
    server.discard()
  }
}
