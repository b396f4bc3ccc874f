/// Something to be measured, as a plain value.
struct Benchmark {
  /// Those that are asked for together.
  enum Group: String, CaseIterable {
    /// Ours against others, with goals.
    case ratios
    /// Ours and others' where the amount of something grows.
    case scaling
    /// Against a broker that costs next to nothing.
    case free
  }

  enum Work {
    case produce(Production)
    case consume(Consumption)
    /// Asking about a topic of so many partitions.
    case query(Query, partitions: Int)
    /// `consume -J | produce -i json`, and each half alone.
    case copy
    /// From one process's standard input to another's standard output, which both stay open.
    case latency
    /// Producing an endless stream to a broker that is stopped most of the time.
    case memoryProducing
    /// Consuming into a pipe that nobody reads.
    case memoryConsuming
  }

  /// Where it stands in a plot.
  struct Point {
    enum Axis: String, CaseIterable { case partitions, brokers, recordBytes, metadata }
    var axis: Axis
    var value: Int
    /// What is done, such as `produce`.
    var series: String
  }

  var name: String
  var title: String
  var work: Work
  var group = Group.ratios
  var brokers = 1
  var clusters: [ClusterKind] = [.mock, .kafka]
  var goals: [Goal] = []
  var point: Point?
}
