/// The names of the numbers that JSON has no words for, as Kafka's own tools write them.
enum NonFiniteNumber {
  static func name(of value: Double) -> String {
    value.isNaN ? "NaN" : (value < 0 ? "-Infinity" : "Infinity")
  }

  static func named(_ name: String) -> Double? {
    switch name {
    case "NaN": .nan
    case "Infinity": .infinity
    case "-Infinity": -.infinity
    default: nil
    }
  }
}
