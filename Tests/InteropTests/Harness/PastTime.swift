import Foundation

/// Times for records that real brokers keep: what is older than a week may be deleted while the tests run.
enum PastTime {
  /// A whole second about a day ago, in milliseconds since 1970-01-01 UTC.
  static let yesterday = Int(Date().timeIntervalSince1970 - 86_400) * 1000
}
