import Buffers
import Transport

/// Hands what happens on a channel to the cluster, whose executor is the loop on which channels call.
final class ConnectionReceiver: ChannelReceiver {
  private let server: ClusterServer
  private let connection: Int

  init(server: ClusterServer, connection: Int) {
    self.server = server
    self.connection = connection
  }

  func channel(_ channel: any Channel, received frame: Bytes) {
    server.assumeIsolated { $0.received(frame, on: connection) }
  }

  func channel(_ channel: any Channel, closed error: TransportError) {
    server.assumeIsolated { $0.ended(connection) }
  }
}
