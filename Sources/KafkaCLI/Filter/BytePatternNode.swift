/// A regular expression as it was written.
indirect enum BytePatternNode {
  case bytes(ByteSet)
  /// The beginning of the text.
  case begin
  /// The end of the text.
  case end
  case sequence([BytePatternNode])
  case alternatives([BytePatternNode])
  case repeated(BytePatternNode, minimum: Int, maximum: Int?)
}
