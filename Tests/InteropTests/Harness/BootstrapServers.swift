/// A cluster of any kind.
protocol BootstrapServers: Sendable {
  /// The addresses for `-b`.
  var bootstrapServers: String { get }
}
