/// A record of a mock cluster, with its bytes copied.
public struct MockRecord: Hashable, Sendable {
  /// Where it is in its partition; given by the cluster when it is appended.
  public var offset: Int64 = -1
  /// Milliseconds since 1970-01-01 UTC.
  public var timestamp: Int64
  /// What producers choose the partition by.
  public var key: [UInt8]?
  /// Null for a record that deletes those of its key.
  public var value: [UInt8]?
  /// Names may repeat; a value may be null.
  public var headers: [Header]

  /// A name and a value beside the record's value.
  public struct Header: Hashable, Sendable {
    /// UTF-8 by convention.
    public var name: String
    /// Any bytes, or null.
    public var value: [UInt8]?

    /// Makes a header.
    public init(name: String, value: [UInt8]?) {
      self.name = name
      self.value = value
    }
  }

  /// Makes a record to be appended.
  public init(key: [UInt8]? = nil, value: [UInt8]?, headers: [Header] = [], timestamp: Int64 = 0) {
    self.key = key
    self.value = value
    self.headers = headers
    self.timestamp = timestamp
  }

  /// Makes a record of texts, as UTF-8.
  public init(key: String? = nil, value: String, timestamp: Int64 = 0) {
    self.init(key: key.map { Array($0.utf8) }, value: Array(value.utf8), timestamp: timestamp)
  }
}
