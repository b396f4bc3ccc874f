/// Waits until something is so. A test that calls it has a time limit, which ends the wait.
package func waitUntil(_ isSo: () async throws -> Bool) async throws {
  while try await !isSo() {
    try Task.checkCancellation()
    await Task.yield()
  }
}
