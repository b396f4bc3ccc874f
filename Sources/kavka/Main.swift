import KafkaCLI

@main
enum Main {
  static func main() { KavkaTool.main() }
}
