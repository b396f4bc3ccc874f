/// A client program that is measured.
struct Peer {
  enum Program {
    case kavka, kcat
    /// A small program around franz-go, which takes lines and knows no options.
    case franzGo
  }

  var program: Program
  /// Its name in tables: `kavka`, or the name that was given to one of several builds.
  var label: String
  var path: String

  // MARK: Commands, which are nil where the program cannot do the work

  func producing(_ production: Production, to topic: String, at servers: String, from file: String) -> Command? {
    let codec = production.codec
    var arguments: [String]
    switch program {
    case .kavka:
      arguments = ["produce", "-q", "-b", servers, "-z", codec.rawValue]
      if production.input.isKeyed { arguments += ["-K", "\t"] }
      arguments.append(topic)
    case .kcat:
      arguments = ["-P", "-b", servers, "-t", topic, "-z", codec.rawValue]
      if production.input.isKeyed { arguments += ["-K", "\t"] }
      // Its default is less than what brokers take.
      if production.input.valueBytes > 900_000 { arguments += ["-X", "message.max.bytes=2000000"] }
    case .franzGo:
      // It has two codecs and no keys, and a line of it ends at 1 MiB.
      guard !production.input.isKeyed, [.none, .lz4, .zstd].contains(codec), production.input.valueBytes < 1_000_000
      else { return nil }
      arguments = [Self.first(servers), topic, "P"] + (codec == .none ? [] : [codec.rawValue])
    }
    return Command(program: path, arguments: arguments, input: .file(file))
  }

  /// - Parameter limit: After how many records to end; at the end of the topic if nil, which franz-go's does not know.
  func consuming(_ form: Consumption.Form, of topic: String, at servers: String, limit: Int?, output: Stream)
    -> Command?
  {
    var arguments: [String]
    switch program {
    case .kavka:
      arguments = ["consume", "-q", "-b", servers]
      arguments += limit.map { ["-c", "\($0)"] } ?? ["-e"]
      switch form {
      case .discarded, .file: break
      case .format: arguments += ["-f", Self.format]
      case .json: arguments.append("-J")
      }
      arguments.append(topic)
    case .kcat:
      arguments = ["-C", "-q", "-b", servers, "-t", topic, "-o", "beginning"]
      arguments += limit.map { ["-c", "\($0)"] } ?? ["-e"]
      switch form {
      case .discarded, .file: break
      case .format: arguments += ["-f", Self.format]
      case .json: arguments.append("-J")
      }
    case .franzGo:
      guard form == .discarded || form == .file, let limit else { return nil }
      arguments = [Self.first(servers), topic, "C", "\(limit)"]
    }
    return Command(program: path, arguments: arguments, output: output)
  }

  func asking(_ query: Query, of topic: String, at servers: String) -> Command? {
    switch (program, query) {
    case (.kavka, .metadata): return Command(program: path, arguments: ["metadata", "-q", "-b", servers])
    case (.kavka, .offset):
      return Command(
        program: path, arguments: ["offsets", "-q", "-b", servers, "-n", "--at", "latest", "\(topic):0"])
    case (.kavka, .lastRecord):
      return Command(
        program: path, arguments: ["consume", "-q", "-b", servers, "-o", "-1", "-c", "1", "\(topic):0"])
    case (.kcat, .metadata): return Command(program: path, arguments: ["-L", "-b", servers])
    case (.kcat, .offset): return Command(program: path, arguments: ["-Q", "-b", servers, "-t", "\(topic):0:-1"])
    case (.kcat, .lastRecord):
      return Command(
        program: path, arguments: ["-C", "-q", "-b", servers, "-t", topic, "-p", "0", "-o", "-1", "-c", "1"])
    case (.franzGo, _): return nil
    }
  }

  /// The only bootstrap server that the program around franz-go takes.
  private static func first(_ servers: String) -> String { String(servers.prefix { $0 != "," }) }

  private static let format = "%t %p %o %T %k %s\\n"
}
