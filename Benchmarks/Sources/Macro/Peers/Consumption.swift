import TestHarness

/// A topic that is read from its beginning to its end.
struct Consumption {
  /// In what form records are written, and to where.
  enum Form {
    /// Values, each followed by a line feed, to /dev/null or to a file.
    case discarded, file
    /// `%t %p %o %T %k %s`, to a file.
    case format
    /// A JSON object a line, to a file. Programs differ in the names of its fields.
    case json

    var isDiscarded: Bool { self == .discarded }
  }

  /// What is in the topic.
  var production = Production()
  var form = Form.discarded
}
