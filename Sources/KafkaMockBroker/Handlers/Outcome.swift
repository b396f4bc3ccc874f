/// What comes of a request.
enum Outcome<Response: Sendable>: Sendable {
  case answer(Response)
  /// There is no answer, as to a produce request that wants none.
  case silence
  /// The broker closes the connection: it cannot say what is wrong in any other way.
  case close
  /// Nothing yet: to be asked again when something has changed, and at the latest after so long.
  case wait(Duration)

  func map<Other>(_ transform: (Response) -> Other) -> Outcome<Other> {
    switch self {
    case .answer(let response): .answer(transform(response))
    case .silence: .silence
    case .close: .close
    case .wait(let duration): .wait(duration)
    }
  }
}

extension Outcome: Equatable where Response: Equatable {}
