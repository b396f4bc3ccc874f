/// What a whole process is started for to ask.
enum Query: String {
  case metadata, offset, lastRecord
}
