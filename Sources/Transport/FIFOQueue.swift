/// A queue with constant-time ends, in one array that is reused. What was taken out is released at once.
package struct FIFOQueue<Element> {
  private var elements: [Element?] = []
  private var head = 0

  package init() {}

  package var count: Int { elements.count - head }
  package var isEmpty: Bool { head == elements.count }

  /// The element at `index`, counted from the first.
  subscript(index: Int) -> Element? {
    index < count ? elements[head + index] : nil
  }

  package mutating func append(_ element: Element) { elements.append(element) }

  mutating func append(contentsOf other: [Element]) {
    elements.reserveCapacity(elements.count + other.count)
    for element in other { elements.append(element) }
  }

  @discardableResult
  package mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    let element = elements[head]
    elements[head] = nil
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: elements.count <= 4096)
      head = 0
    } else if head >= 1024, head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }

  package mutating func removeAll() {
    elements = []
    head = 0
  }
}
