/// Where a process finds its configuration beside the command line.
struct ConfigurationSource {
  let environment: [String: String]

  /// A file to read, and who named it.
  struct File {
    var name: [UInt8]
    /// Who named it, such as `option -F`; nothing for the file that need not be there.
    var namedBy: String?
  }

  /// The file that counts: the first of the option's, `$KAVKA_CONFIG`, and the user's own.
  func file(option: Argument?, spelling: String) -> File? {
    if let option { return File(name: option.bytes, namedBy: "option \(spelling)") }
    if let name = variable("KAVKA_CONFIG") { return File(name: Array(name.utf8), namedBy: "$KAVKA_CONFIG") }
    if let directory = variable("XDG_CONFIG_HOME"), directory.hasPrefix("/") {
      return File(name: Array("\(directory)/kavka/config".utf8))
    }
    if let home = variable("HOME"), home.hasPrefix("/") {
      return File(name: Array("\(home)/.config/kavka/config".utf8))
    }
    return nil
  }

  /// The value of a variable that is set and not empty.
  func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
}
