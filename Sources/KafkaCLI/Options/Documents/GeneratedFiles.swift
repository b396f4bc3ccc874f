/// The files of the package that are written from the tables.
package enum GeneratedFiles {
  /// A path inside the package, and what belongs there.
  package struct File: Sendable {
    package let path: String
    package let contents: String
  }

  package static var all: [File] {
    [File(path: "man/kavka.1", contents: ManualPage.overview)]
      + CommandTable.all.map { File(path: "man/kavka-\($0.pageName).1", contents: ManualPage.of($0)) }
      + [
        File(path: "completions/kavka.bash", contents: CompletionScript.of(.bash)),
        File(path: "completions/_kavka", contents: CompletionScript.of(.zsh)),
        File(path: "completions/kavka.fish", contents: CompletionScript.of(.fish)),
      ]
  }
}
