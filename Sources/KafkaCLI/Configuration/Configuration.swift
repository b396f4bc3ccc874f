import KafkaProtocol

/// The settings of a process: what was said of each, and by whom.
package struct Configuration: Hashable, Sendable {
  /// What is known of one setting.
  package struct Value: Hashable, Sendable {
    package var text: String
    package var origin: SettingOrigin
  }

  /// By the settings' names. What is not there has its default.
  package private(set) var values: [String: Value] = [:]
  package private(set) var settings = ClientSettings()
  /// What the user should know of the files, one line each.
  package private(set) var warnings: [String] = []
  /// What has no effect, one line each.
  package private(set) var remarks: [String] = []
  /// How many lines there are of either kind: a file may be of something else altogether.
  private static let lineLimit = 20
  /// Settings about security, which cannot be honoured and must not be passed over.
  private(set) var refusals: [UsageError] = []

  package init() {}

  /// The configuration for what is run inside of a process that has this one.
  var inherited: Configuration {
    var configuration = self
    configuration.warnings = []
    configuration.remarks = []
    return configuration
  }

  /// Takes over a setting of a source that is weaker than all that follow.
  ///
  /// - Parameters:
  ///   - name: A name that librdkafka or the Java client has for it.
  ///   - command: The command it is for.
  /// - Throws: For a value that cannot be taken. From a file, what is unknown or unsupported is a warning, as the file
  ///   may have been written for another client.
  mutating func set(
    _ name: String, to text: String, from origin: SettingOrigin, for command: String
  ) throws(UsageError) {
    guard let (setting, found) = SettingCatalogue.find(name) else { return try refuseUnknown(name, origin) }
    switch setting.use {
    case .sets(let store):
      do throws(UsageError) {
        let text = try store(try setting.inOwnUnit(text, named: found), &settings)
        values[setting.name] = Value(text: text, origin: origin)
      } catch {
        throw error.at("\(origin): \(name)")
      }
    case .always(let allowed, let reason):
      guard !allowed.contains(where: { $0.lowercased() == text.lowercased() }) else { return }
      try refuse(
        UsageError("\(name)=\(Self.shortened(text)) is not supported", place: "\(origin)", advice: reason), origin)
    case .withoutEffect(let reason): remark("\(origin): \(name) has no effect: \(reason)")
    case .refused(let commands, let reason):
      guard commands.isEmpty || commands.contains(command) else {
        return remark("\(origin): \(name) has no effect on \(command)")
      }
      try refuse(UsageError("\(name) is not supported", place: "\(origin)", advice: reason), origin)
    case .security:
      values[name] = Value(text: text, origin: origin)
      guard name != "security.protocol" || text.lowercased() != "plaintext" else { return }
      refusals.append(
        UsageError("\(name) is not supported", place: "\(origin)", advice: SettingCatalogue.withoutSecurity))
    }
  }

  private mutating func refuseUnknown(_ name: String, _ origin: SettingOrigin) throws(UsageError) {
    // Looking for what was meant takes its time.
    guard origin.isForKavka || warnings.count <= Self.lineLimit else { return }
    let advice = SettingCatalogue.nearest(to: name).map { "did you mean \($0)?" } ?? "-X list lists them"
    try refuse(UsageError("unknown setting '\(Self.shortened(name))'", place: "\(origin)", advice: advice), origin)
  }

  private mutating func refuse(_ error: UsageError, _ origin: SettingOrigin) throws(UsageError) {
    guard !origin.isForKavka else { throw error }
    Self.append(error.message, to: &warnings)
  }

  /// What a line of a message can hold of a text.
  private static func shortened(_ text: String) -> String { text.utf8.count <= 200 ? text : "\(text.prefix(100))…" }

  private mutating func remark(_ line: String) { Self.append(line, to: &remarks) }

  private static func append(_ line: String, to lines: inout [String]) {
    guard lines.count <= lineLimit else { return }
    lines.append(lines.count < lineLimit ? line : "and more like these; is it a file of settings?")
  }

  /// Refuses what must not be passed over.
  func checkSecurity() throws(UsageError) {
    if let refusal = refusals.first { throw refusal }
  }

  /// Refuses a level for any codec that the one in use does not have.
  func checkLevel(of compression: Compression) throws(UsageError) {
    guard compression.level == nil, let levels = compression.codec.levels, let level = settings.compressionLevel,
      !levels.contains(level)
    else { return }
    throw UsageError(
      "'\(level)' is not a level of \(compression.codec.name)", place: place(of: "compression.level"),
      advice: "from \(levels.lowerBound) to \(levels.upperBound)")
  }

  /// Refuses idempotence without all acknowledgements, unless what rules it out was said by somebody stronger.
  func checkIdempotence() throws(UsageError) {
    guard let acks = settings.acks, acks != .all, settings.isIdempotent == true,
      let origin = values["request.required.acks"]?.origin, let other = values["enable.idempotence"]?.origin,
      other.rank >= origin.rank
    else { return }
    throw UsageError(
      "enable.idempotence needs acks=all", place: "\(other)", advice: "acks is \(acks.rawValue) from \(origin)")
  }

  private func place(of name: String) -> String { "\(values[name]?.origin ?? .standard): \(name)" }
}
