import Buffers

/// One direction of a simulated connection: bytes on their way, in order.
///
/// Unchecked because it is used on the simulation's thread only.
final class SimulatedPipe: @unchecked Sendable {
  enum Parcel {
    case bytes(Bytes)
    case end
    case reset
  }

  private let connection: SimulatedConnection
  private let destination: SimulatedChannel
  private let network: SimulatedNetwork
  private var unsent = FIFOQueue<Bytes>()
  /// How much of the first unsent segment is on its way or has arrived.
  private var unsentOffset = 0
  private(set) var unsentBytes = 0
  private var bytesOnTheWay = 0
  private var lastArrival: Instant
  /// Parcels that arrived while nothing passed.
  private var held = FIFOQueue<Parcel>()
  /// Grows when all that is on the way is lost, so that their arrival is no longer known.
  private var generation = 0

  init(_ connection: SimulatedConnection, to destination: SimulatedChannel, network: SimulatedNetwork) {
    self.connection = connection
    self.destination = destination
    self.network = network
    lastArrival = network.loop.now
  }

  func send(_ segments: [Bytes]) {
    for segment in segments where !segment.isEmpty {
      unsent.append(segment)
      unsentBytes += segment.count
    }
    pump()
  }

  /// Sends the end, or a reset, behind what is on the way; what is unsent is dropped.
  func finish(_ parcel: Parcel) {
    dropUnsent()
    dispatch(parcel)
  }

  /// Drops all that has not arrived.
  func loseAll() {
    generation += 1
    held.removeAll()
    bytesOnTheWay = 0
    dropUnsent()
  }

  func dispatch(_ parcel: Parcel) {
    let loop = network.loop
    let arrival = max(lastArrival, loop.now + network.delay(connection.latency))
    lastArrival = arrival
    let generation = self.generation
    _ = loop.schedule(at: arrival) { self.arrive(parcel, generation) }
  }

  /// Delivers what was held, after a delay; what arrives meanwhile lines up behind it.
  func releaseHeld() {
    guard !held.isEmpty else { return }
    let loop = network.loop
    let generation = self.generation
    _ = loop.schedule(at: loop.now + network.delay(connection.latency)) {
      while generation == self.generation, !self.connection.isSilent, let parcel = self.held.popFirst() {
        self.deliver(parcel)
      }
    }
  }

  private func arrive(_ parcel: Parcel, _ generation: Int) {
    guard generation == self.generation else { return }
    guard held.isEmpty, !connection.isSilent else {
      held.append(parcel)
      return
    }
    deliver(parcel)
  }

  private func deliver(_ parcel: Parcel) {
    network.loop.note(UInt64(connection.number))
    switch parcel {
    case .bytes(let bytes):
      network.loop.note(UInt64(bytes.count))
      bytesOnTheWay -= bytes.count
      // Bytes for a socket that is closed are answered by a reset.
      if destination.isOpen { destination.hear(.bytes(bytes)) } else { destination.out?.dispatch(.reset) }
      pump()
    case .end, .reset:
      destination.hear(parcel)
    }
  }

  /// Puts on the way what the window has room for. A segment is cut only where half of the window is free, so that it
  /// does not go out in ever smaller pieces.
  private func pump() {
    let window = network.conditions.window
    while bytesOnTheWay < window, let segment = unsent[0] {
      let room = window - bytesOnTheWay
      let end = min(segment.count, unsentOffset + room)
      guard end == segment.count || room >= window / 2 else { return }
      let part = segment[unsentOffset..<end]
      unsentOffset = end
      if end == segment.count {
        unsent.popFirst()
        unsentOffset = 0
      }
      bytesOnTheWay += part.count
      unsentBytes -= part.count
      for piece in pieces(of: part) { dispatch(.bytes(piece)) }
    }
  }

  /// Cuts at random places, and every fourth time near the front, where lengths and headers are.
  private func pieces(of segment: Bytes) -> [Bytes] {
    let limit = min(network.conditions.maximumPieces, segment.count)
    guard limit > 1 else { return [segment] }
    var cuts = (0..<network.generator.next(below: limit)).map { _ in network.generator.next(below: segment.count) }
    if network.generator.next(below: 4) == 0 { cuts.append(network.generator.next(below: min(9, segment.count))) }
    cuts = [0] + cuts.filter { $0 > 0 }.sorted() + [segment.count]
    return zip(cuts, cuts.dropFirst()).compactMap { $0 < $1 ? segment[$0..<$1] : nil }
  }

  private func dropUnsent() {
    unsent.removeAll()
    unsentOffset = 0
    unsentBytes = 0
  }
}
