/// A broker as the others of the cluster know it.
struct BrokerState: Sendable, Equatable {
  let id: Int32
  /// What metadata tells clients to connect to.
  var host: String
  var port: UInt16
  var rack: String?
  /// Whether it is up in the view of the cluster. One that has just gone down is so still, until that is noticed.
  var isListed = true
}
