/// Curves in panels side by side, one panel for each kind of work and one curve for each program.
struct Plot {
  struct Curve {
    var label: String
    /// By rising x.
    var points: [(x: Double, y: Double)]
  }

  struct Panel {
    var title: String
    var curves: [Curve]
  }

  var name: String
  /// What the axes show.
  var xTitle: String
  var yTitle: String
  /// The x values, with their labels.
  var xTicks: [(x: Double, label: String)]
  /// Whether y grows by factors, as x always does.
  var isLogarithmic: Bool
  var panels: [Panel]
}
