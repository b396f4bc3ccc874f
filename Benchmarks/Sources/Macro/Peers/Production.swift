/// Lines that become records of a topic.
struct Production: Hashable {
  var input = Input.lines
  var codec = Codec.none
  var partitions = 1
}
