import Glibc

/// Where values lie on an axis.
struct PlotScale {
  private let lower: Double
  private let upper: Double
  private let isLogarithmic: Bool
  /// Values that are marked.
  let ticks: [Double]

  /// Begins at zero unless it is logarithmic, and ends at a round number.
  init(covering values: [Double], isLogarithmic: Bool) {
    self.isLogarithmic = isLogarithmic
    let most = values.max() ?? 1
    if isLogarithmic {
      lower = pow(10, floor(log10(values.min() ?? 1)))
      upper = Swift.max(pow(10, ceil(log10(most))), lower * 10)
      let decades = Int(log10(upper / lower).rounded())
      ticks = (0...decades).map { [lower] in lower * pow(10, Double($0)) }
    } else {
      let step = Self.round(most / 4)
      lower = 0
      upper = step * ceil(most / step)
      ticks = Array(stride(from: 0, through: upper + step / 2, by: step))
    }
  }

  /// For an axis whose marks are given, with some room at both ends.
  init(marking ticks: [Double]) {
    isLogarithmic = true
    self.ticks = ticks
    lower = (ticks.min() ?? 1) / 1.25
    upper = (ticks.max() ?? 10) * 1.25
  }

  /// From 0 to 1.
  func place(_ value: Double) -> Double {
    isLogarithmic ? log(value / lower) / log(upper / lower) : (value - lower) / (upper - lower)
  }

  /// The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is not less.
  private static func round(_ value: Double) -> Double {
    let power = pow(10, floor(log10(value)))
    return ([1, 2, 2.5, 5].first { $0 * power >= value } ?? 10) * power
  }
}
