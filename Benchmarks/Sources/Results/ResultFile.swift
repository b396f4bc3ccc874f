import Glibc

/// What the suite has measured, as lines of JSON: first what it was measured on, then a line for each figure.
package struct ResultFile {
  private var lines: [String]

  package init() {
    lines = [#"{"machine":\#(Self.quoted(Machine.description))}"#]
  }

  package mutating func append(_ measurement: Measurement) {
    let name = Self.quoted(measurement.name)
    let unit = Self.quoted(measurement.unit)
    lines.append(#"{"name":\#(name),"unit":\#(unit),"value":\#(FigureText.decimal(measurement.value, places: 4))}"#)
  }

  /// Writes the lines to a file, in place of what it has.
  ///
  /// - Returns: Whether that was possible; `errno` says why not.
  package func write(to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    for line in lines { fputs(line + "\n", file) }
    return fclose(file) == 0
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      // Names and units of the suite have no control characters; a machine that has some gets blanks.
      case "\0"..<" ": quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
