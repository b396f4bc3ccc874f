import KafkaClient
import KafkaProtocol

/// What `kavka --version` says.
enum VersionText {
  /// One line: the version and what is built in.
  static var line: String {
    let codecs = CompressionCodec.allCases.filter { $0 != .none }.map(\.name).joined(separator: ", ")
    return "kavka \(kavkaVersion) (codecs: \(codecs))"
  }
}
