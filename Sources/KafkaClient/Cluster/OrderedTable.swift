/// Values by key, gone through in the order in which their keys came.
///
/// The order of a dictionary differs from run to run. Where it decides about what is sent, or draws random numbers, a
/// run could not be replayed.
struct OrderedTable<Key: Hashable, Value> {
  private var places: [Key: Int] = [:]
  private(set) var values: [Value] = []

  var count: Int { values.count }

  subscript(_ key: Key) -> Value? { places[key].map { values[$0] } }

  /// Adds a value, or puts it in the place of the one that the key has.
  mutating func set(_ value: Value, for key: Key) {
    if let place = places[key] {
      values[place] = value
    } else {
      places[key] = values.count
      values.append(value)
    }
  }
}
