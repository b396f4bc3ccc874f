/// Which brokers must have stored a record before it counts as delivered.
package enum Acks: Int16, Hashable, Sendable {
  case all = -1
  case none = 0
  case leader = 1

  package init(argument text: String) throws(UsageError) {
    switch text {
    case "all", "-1": self = .all
    case "1": self = .leader
    case "0": self = .none
    default: throw UsageError("'\(text)' is not a number of acknowledgements", advice: "use all, 1 or 0")
    }
  }
}
