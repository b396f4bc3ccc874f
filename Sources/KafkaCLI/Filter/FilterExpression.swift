/// What a record is asked.
indirect enum FilterExpression: Equatable, Sendable {
  case all([FilterExpression])
  case any([FilterExpression])
  case not(FilterExpression)
  case test(FilterField, FilterCondition)

  func resolved(now: Int64) -> FilterExpression {
    switch self {
    case .all(let parts): .all(parts.map { $0.resolved(now: now) })
    case .any(let parts): .any(parts.map { $0.resolved(now: now) })
    case .not(let part): .not(part.resolved(now: now))
    case .test(let field, .isAgo(let comparison, let duration)):
      .test(field, .compares(comparison, FilterNumber(max(now - duration.wholeMilliseconds, 0))))
    case .test: self
    }
  }
}
