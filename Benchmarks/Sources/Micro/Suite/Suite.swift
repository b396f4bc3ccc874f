/// All benchmarks, in the order in which data passes the stages.
enum Suite {
  static let all = produce + consume + messages + paths

  private static let produce = input + append + seal
  private static let consume = open + filter + output
}
