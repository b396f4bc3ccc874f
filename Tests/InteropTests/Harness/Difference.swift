/// Where two byte strings part, or nil when they are the same.
///
/// What Swift Testing makes of unequal arrays of a megabyte takes minutes.
func difference(_ actual: [UInt8], _ expected: [UInt8]) -> String? {
  guard actual != expected else { return nil }
  let common = zip(actual, expected).prefix { $0 == $1 }.count
  func excerpt(_ bytes: [UInt8]) -> String {
    String(decoding: bytes[max(0, common - 20)..<min(bytes.count, common + 60)], as: UTF8.self).debugDescription
  }
  return "after \(common) equal bytes, \(excerpt(actual)) of \(actual.count) instead of \(excerpt(expected)) of "
    + "\(expected.count)"
}

func difference(_ actual: [UInt8], _ expected: String) -> String? { difference(actual, Array(expected.utf8)) }
