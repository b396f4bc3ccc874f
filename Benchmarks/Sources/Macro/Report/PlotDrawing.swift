import Results
import TestHarness

/// A plot as SVG whose colours fit both a light and a dark page.
struct PlotDrawing {
  private static let panelWidth = 270.0
  private static let panelHeight = 190.0
  private static let left = 62.0
  private static let top = 62.0
  private static let bottom = 52.0
  private static let gap = 66.0

  private let plot: Plot

  init(_ plot: Plot) { self.plot = plot }

  var svg: String {
    let count = Double(plot.panels.count)
    let width = Self.left + count * Self.panelWidth + (count - 1) * Self.gap + 24
    let height = Self.top + Self.panelHeight + Self.bottom
    var elements = [legend]
    for (place, panel) in plot.panels.enumerated() {
      elements.append(drawing(of: panel, left: Self.left + Double(place) * (Self.panelWidth + Self.gap)))
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(width)) \(number(height))" \
      width="\(number(width))" height="\(number(height))" role="img" aria-label="\(plot.yTitle) against \(plot.xTitle)">
      <style>
      text { font: 12px system-ui, sans-serif; fill: #33383f }
      .title { font-weight: 600; font-size: 13px }
      .grid { stroke: #8a919c; stroke-opacity: .3 }
      .curve { fill: none; stroke-width: 2 }
      .kavka { stroke: #1f6fd1 } .kcat { stroke: #c8590a } .franz-go { stroke: #4d8a2f }
      .mark.kavka { fill: #1f6fd1 } .mark.kcat { fill: #c8590a } .mark.franz-go { fill: #4d8a2f }
      @media (prefers-color-scheme: dark) {
      text { fill: #d5d9e0 }
      .kavka { stroke: #6aaeff } .kcat { stroke: #ff9f55 } .franz-go { stroke: #93d06f }
      .mark.kavka { fill: #6aaeff } .mark.kcat { fill: #ff9f55 } .mark.franz-go { fill: #93d06f }
      }
      </style>
      \(elements.joined(separator: "\n"))
      </svg>

      """
  }

  // MARK: Parts

  private var legend: String {
    var labels: [String] = []
    for curve in plot.panels.flatMap(\.curves) where !labels.contains(curve.label) { labels.append(curve.label) }
    return labels.enumerated().map { place, label in
      let x = Self.left + Double(place) * 90
      return line(x, 14, x + 22, 14, "curve \(label)") + mark(label, x + 11, 14) + text(label, x + 28, 18)
    }.joined(separator: "\n")
  }

  private func drawing(of panel: Plot.Panel, left: Double) -> String {
    let xScale = PlotScale(marking: plot.xTicks.map(\.x))
    let yScale = PlotScale(
      covering: panel.curves.flatMap { $0.points.map(\.y) }, isLogarithmic: plot.isLogarithmic)
    let floor = Self.top + Self.panelHeight
    func x(_ value: Double) -> Double { left + xScale.place(value) * Self.panelWidth }
    func y(_ value: Double) -> Double { floor - yScale.place(value) * Self.panelHeight }

    var parts = [text("\(panel.title), \(plot.yTitle)", left, Self.top - 14, class: "title")]
    for tick in yScale.ticks {
      parts.append(line(left, y(tick), left + Self.panelWidth, y(tick), "grid"))
      parts.append(text(tickText(tick), left - 7, y(tick) + 4, anchor: "end"))
    }
    for tick in plot.xTicks {
      parts.append(line(x(tick.x), floor, x(tick.x), floor + 5, "grid"))
      parts.append(text(tick.label, x(tick.x), floor + 19, anchor: "middle"))
    }
    parts.append(text(plot.xTitle, left + Self.panelWidth / 2, floor + 40, anchor: "middle"))
    for curve in panel.curves {
      let points = curve.points.map { (x($0.x), y($0.y)) }
      let path = points.map { "\(number($0.0)),\(number($0.1))" }.joined(separator: " ")
      parts.append("<polyline class=\"curve \(curve.label)\" points=\"\(path)\"/>")
      parts += points.map { mark(curve.label, $0.0, $0.1) }
    }
    return parts.joined(separator: "\n")
  }

  /// Programs differ in the form of their marks too.
  private func mark(_ label: String, _ x: Double, _ y: Double) -> String {
    switch label {
    case "kavka": "<circle class=\"mark \(label)\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"4\"/>"
    case "kcat":
      "<rect class=\"mark \(label)\" x=\"\(number(x - 3.5))\" y=\"\(number(y - 3.5))\" width=\"7\" height=\"7\"/>"
    default:
      "<path class=\"mark \(label)\" d=\"M\(number(x)) \(number(y - 4.5))l4.5 8h-9z\"/>"
    }
  }

  // MARK: Elements

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> String {
    "<line class=\"\(style)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\"/>"
  }

  private func text(_ text: String, _ x: Double, _ y: Double, anchor: String = "start", class style: String = "label")
    -> String
  {
    "<text class=\"\(style)\" x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(text)</text>"
  }

  private func tickText(_ value: Double) -> String {
    value >= 10 || value == 0
      ? Text.grouped(Int(value.rounded())) : FigureText.decimal(value, places: value < 1 ? 2 : 1)
  }

  private func number(_ value: Double) -> String { FigureText.decimal(value, places: 1) }
}
