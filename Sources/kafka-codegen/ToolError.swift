/// Something that keeps the tool from doing what it was asked.
package struct ToolError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
