/// Where in a message a codec is: written out only when something there must be named.
struct ValuePath {
  private enum Step {
    case field(String)
    case index(Int)
  }

  private var steps: [Step] = []

  mutating func enter(_ field: String) { steps.append(.field(field)) }
  mutating func enter(_ index: Int) { steps.append(.index(index)) }
  mutating func leave() { steps.removeLast() }

  /// `topics[0].partitions[2]`, and with `field` its name after that.
  func text(_ field: String? = nil) -> String {
    var text = ""
    for step in steps + (field.map { [.field($0)] } ?? []) {
      switch step {
      case .field(let name): text += text.isEmpty ? name : ".\(name)"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }
}
