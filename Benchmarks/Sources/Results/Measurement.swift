/// One figure of the suite.
package struct Measurement: Sendable {
  /// What was measured.
  package var name: String
  /// In what ``value`` counts.
  package var unit: String
  package var value: Double

  package init(name: String, unit: String, value: Double) {
    self.name = name
    self.unit = unit
    self.value = value
  }
}
