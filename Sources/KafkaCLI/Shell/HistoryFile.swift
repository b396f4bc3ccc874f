import Glibc

/// The file that keeps the lines typed in shells: one line each, readable by its owner alone.
///
/// Each line is appended by itself, so that none is lost when a shell is killed. Only where the file has grown too long
/// is it written anew, which may drop what another shell appends at that moment.
struct HistoryFile {
  /// The most that is read; older lines are left out.
  private static let byteLimit = 4 << 20

  private let path: String

  init(path: String) { self.path = path }

  /// The file of the user: `$XDG_STATE_HOME/kavka/history`, or `~/.local/state/kavka/history`.
  ///
  /// - Returns: Nothing where neither directory is known.
  init?(environment: [String: String]) {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      path = "\(state)/kavka/history"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      path = "\(home)/.local/state/kavka/history"
    } else {
      return nil
    }
  }

  /// Reads the newest lines, and shortens a file that has grown beyond them.
  ///
  /// - Throws: When the file is not the user's own, or cannot be read or made.
  func load(limit: Int) throws(InputError) -> [[UInt8]] {
    makeDirectories()
    let descriptor = try open(O_RDWR | O_CREAT)
    defer { close(descriptor) }
    let (bytes, isCut) = try read(descriptor)
    var lines = bytes.split(separator: 0x0A).map { Array($0) }
    // Reading began somewhere in a line.
    if isCut, !lines.isEmpty { lines.removeFirst() }
    guard isCut || lines.count > limit else { return lines }
    lines = lines.suffix(limit)
    try replace(with: lines)
    return lines
  }

  func append(_ line: [UInt8]) throws(InputError) {
    let descriptor = try open(O_WRONLY | O_CREAT | O_APPEND)
    defer { close(descriptor) }
    try write(line + [0x0A], to: descriptor, path)
  }

  // MARK: System calls

  /// Opens the file if it is a regular one of this user, with access for nobody else.
  private func open(_ flags: Int32) throws(InputError) -> Int32 {
    let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw InputError(source: path, errno: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else {
      close(descriptor)
      throw InputError(source: path, errno: EPERM)
    }
    if status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
    return descriptor
  }

  private func read(_ descriptor: Int32) throws(InputError) -> (bytes: [UInt8], isCut: Bool) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw InputError(source: path, errno: errno) }
    let start = max(0, Int(status.st_size) - Self.byteLimit)
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size) - start)
    var count = 0
    while count < bytes.count {
      let read = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count, off_t(start + count))
      }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw InputError(source: path, errno: errno) }
      guard read > 0 else { break }
      count += read
    }
    return (Array(bytes[..<count]), start > 0)
  }

  /// Another shell sees the old lines or the new ones, never a part.
  private func replace(with lines: [[UInt8]]) throws(InputError) {
    let temporary = "\(path).\(getpid())"
    let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw InputError(source: temporary, errno: errno) }
    defer { close(descriptor) }
    do throws(InputError) {
      try write(Array(lines.joined(separator: [0x0A])) + [0x0A], to: descriptor, temporary)
      guard rename(temporary, path) == 0 else { throw InputError(source: path, errno: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32, _ name: String) throws(InputError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw InputError(source: name, errno: errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes the directories on the way; what is missing after that shows when the file is opened.
  private func makeDirectories() {
    for index in path.indices.dropFirst() where path[index] == "/" { mkdir(String(path[..<index]), 0o700) }
  }
}
