/// Numbers as tables show them.
package enum FigureText {
  /// Three digits that mean something, or all of a larger number: `0`, `0.123`, `4.57`, `89.0`, `1234`.
  package static func rounded(_ value: Double) -> String {
    switch value.magnitude {
    case 0: "0"
    case ..<1: decimal(value, places: 3)
    case ..<10: decimal(value, places: 2)
    case ..<100: decimal(value, places: 1)
    default: decimal(value, places: 0)
    }
  }

  /// The number with so many decimal places.
  package static func decimal(_ value: Double, places: Int) -> String {
    let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
    let scaled = Int64((value.magnitude * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int64(scale))
    guard places > 0 else { return sign + String(whole) }
    let digits = String(rest)
    return sign + String(whole) + "." + String(repeating: "0", count: places - digits.count) + digits
  }
}
