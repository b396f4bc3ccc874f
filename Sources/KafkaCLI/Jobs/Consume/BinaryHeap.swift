/// Gives out the smallest of its elements first.
struct BinaryHeap<Element: Comparable> {
  private(set) var elements: [Element] = []

  var isEmpty: Bool { elements.isEmpty }
  var count: Int { elements.count }
  var first: Element? { elements.first }

  /// - Complexity: O(log *n*).
  mutating func insert(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0, elements[child] < elements[(child - 1) / 2] {
      elements.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Changes what does not matter for the order of the elements.
  mutating func updateInPlace(_ change: (inout Element) -> Void) {
    for index in elements.indices { change(&elements[index]) }
  }

  /// - Complexity: O(log *n*).
  mutating func popFirst() -> Element? {
    guard let last = elements.indices.last else { return nil }
    elements.swapAt(0, last)
    let smallest = elements.removeLast()
    var parent = 0
    while true {
      var child = parent * 2 + 1
      guard child < elements.count else { return smallest }
      if child + 1 < elements.count, elements[child + 1] < elements[child] { child += 1 }
      guard elements[child] < elements[parent] else { return smallest }
      elements.swapAt(parent, child)
      parent = child
    }
  }
}
