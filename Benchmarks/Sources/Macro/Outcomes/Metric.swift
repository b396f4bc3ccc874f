/// What of a process or of a line is measured.
enum Metric: String, Codable, CaseIterable {
  case wall, cpu, peak, p50, p99

  var unit: String {
    switch self {
    case .wall, .cpu: "s"
    case .peak: "MiB"
    case .p50, .p99: "ms"
    }
  }

  /// Its name in tables.
  var title: String { self == .cpu ? "CPU" : self == .peak ? "memory" : rawValue }
}
