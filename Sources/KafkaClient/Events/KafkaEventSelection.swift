/// Which events a client makes: those of each area from a level up.
///
/// What is not selected costs a comparison.
public struct KafkaEventSelection: Hashable, Sendable {
  /// Three bits for each area.
  private var bits: UInt32 = 0

  /// Selects the events of all areas from a level up.
  public init(from level: KafkaClientEvent.Level = .info) {
    for area in KafkaClientEvent.Area.allCases { self[area] = level }
  }

  /// The least level of an area that is selected.
  public subscript(area: KafkaClientEvent.Area) -> KafkaClientEvent.Level {
    get { KafkaClientEvent.Level(rawValue: Int(bits >> (3 * UInt32(area.rawValue)) & 7)) ?? .warning }
    set {
      let shift = 3 * UInt32(area.rawValue)
      bits = bits & ~(7 << shift) | UInt32(newValue.rawValue) << shift
    }
  }
}
