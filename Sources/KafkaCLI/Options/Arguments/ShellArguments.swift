/// What `kavka shell` has been told.
package struct ShellArguments: Hashable, Sendable {
  package var common: CommonArguments

  package init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageError) {
    common = try CommonArguments(parsed, environment: environment)
    // So that commands find in their configuration what the shell was told.
    common.configuration = try common.configuration.withOptions(parsed)
    try parsed.refuseOperands()
  }
}
