extension JSONFault {
  /// What to tell of it to whom the record belongs.
  func problem(_ limits: JSONLimits) -> String {
    switch self {
    case .endsTooEarly: "the text ends too early"
    case .noValue: "no value"
    case .tooDeep: "nested deeper than \(limits.depth)"
    case .tooManyDigits: "a number with too many digits"
    case .noName: "no field name"
    case .noColon: "no ':'"
    case .noEndOfObject: "no ',' or '}'"
    case .noEndOfArray: "no ',' or ']'"
    case .noEndOfString: "a string without its end"
    case .controlCharacter: "a control character in a string; write it as \\u00XX"
    case .notUTF8: "bytes that are not UTF-8; write {\"base64\":\"…\"} for them"
    case .unknownEscape: "unknown escape"
    case .noCodeUnit: "\\u needs four hexadecimal digits"
    case .halfOfPair: "half of a surrogate pair"
    }
  }
}
