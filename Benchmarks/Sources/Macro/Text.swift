/// Numbers as people read them.
enum Text {
  /// With commas between thousands.
  static func grouped(_ value: Int) -> String {
    var digits = Array("\(abs(value))")
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (value < 0 ? "-" : "") + String(digits)
  }

  /// A number of bytes, to the nearest KiB or MiB from there on.
  static func size(_ bytes: Int) -> String {
    guard bytes >= 1000 else { return "\(bytes) B" }
    let kibibytes = (bytes + 512) / 1024
    return kibibytes % 1024 == 0 ? "\(kibibytes / 1024) MiB" : "\(kibibytes) KiB"
  }
}
