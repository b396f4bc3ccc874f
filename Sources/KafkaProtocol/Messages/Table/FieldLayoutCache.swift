import Synchronization

/// The layouts parsed so far: a message's text is parsed when it is first read or written.
enum FieldLayoutCache {
  private static let layouts = Mutex<[String: [FieldLayout]]>([:])

  static func fields(of message: MessageDescription) -> [FieldLayout] {
    if let fields = layouts.withLock({ $0[message.name] }) { return fields }
    let fields = FieldLayoutParser.parse(message.fields)
    layouts.withLock { $0[message.name] = fields }
    return fields
  }
}
