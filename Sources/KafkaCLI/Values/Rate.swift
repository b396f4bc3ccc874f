/// So many records in a second or a minute, as an option says it: `100/s`, `5/m`, or `100`, a second then.
package struct Rate: Hashable, Sendable {
  package let count: Int64
  package let period: Duration

  package init(count: Int64, per period: Duration) {
    precondition(count > 0 && period > .zero)
    self.count = count
    self.period = period
  }

  package init(argument text: String) throws(UsageError) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    switch parts.count == 2 ? parts[1] : "s" {
    case "s": period = .seconds(1)
    case "m": period = .seconds(60)
    case let unit: throw UsageError("'\(unit)' is not a unit of time here", advice: "use N/s or N/m")
    }
    count = try DecimalNumber.parse(parts[0], in: 1...1_000_000_000)
  }
}
