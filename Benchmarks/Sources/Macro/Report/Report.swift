import TestHarness

/// Draws docs/performance.md from results: what stands between its markers, and the plots that it shows.
struct Report {
  private let documentPath = "\(Programs.packageRoot)/docs/performance.md"
  private let plotFolder = "\(Programs.packageRoot)/docs/performance"
  private let files: [ClusterKind: OutcomeFile]

  /// - Parameter results: The folder of results; clusters that were not measured are left out of the document.
  init(results: String) throws {
    var files: [ClusterKind: OutcomeFile] = [:]
    for kind in ClusterKind.allCases {
      let path = "\(results)/macro-\(kind.rawValue).jsonl"
      if TextFile.exists(path) { files[kind] = try OutcomeFile(path: path) }
    }
    self.files = files
  }

  func write() throws {
    var document = try MarkedDocument(text: TextFile.contents(of: documentPath))
    for marker in document.markers { try document.fill(marker, with: section(marker)) }
    try TextFile.write(document.text, to: documentPath)
    for plot in plots { try TextFile.write(PlotDrawing(plot).svg, to: "\(plotFolder)/\(plot.name).svg") }
  }

  /// - Parameter marker: What, and of which cluster: `ratios kafka`, `scaling partitions mock`.
  private func section(_ marker: String) throws -> String {
    let words = marker.split(separator: " ").map(String.init)
    guard let what = words.first, let kind = words.last.flatMap(ClusterKind.init(rawValue:)) else {
      throw Failure("\(documentPath): no such marker: \(marker)")
    }
    guard let file = files[kind] else { return "Not measured yet.\n" }
    let tables = OutcomeTables(file)
    switch what {
    case "setting": return tables.setting
    case "ratios": return tables.table(of: Benchmark.ratios)
    case "free": return tables.table(of: Benchmark.free)
    case "scaling":
      guard words.count == 3, let axis = Benchmark.Point.Axis(rawValue: words[1]) else {
        throw Failure("\(documentPath): no such marker: \(marker)")
      }
      let plot = Plot(of: axis, on: kind, file.outcomes).map { plot in
        "![\(plot.yTitle) against \(plot.xTitle)](performance/\(plot.name).svg)\n\n"
      }
      return (plot ?? "") + tables.table(of: Benchmark.scaling.filter { $0.point?.axis == axis })
    default: throw Failure("\(documentPath): no such marker: \(marker)")
    }
  }

  private var plots: [Plot] {
    Benchmark.Point.Axis.allCases.flatMap { axis in
      ClusterKind.allCases.compactMap { kind in files[kind].flatMap { Plot(of: axis, on: kind, $0.outcomes) } }
    }
  }
}
