// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "kavka",
  products: [
    .executable(name: "kavka", targets: ["kavka"]),
    .library(name: "KafkaClient", targets: ["KafkaClient"]),
    .library(name: "KafkaMockBroker", targets: ["KafkaMockBroker"]),
  ],
  targets: [
    // What a user meets.
    .executableTarget(name: "kavka", dependencies: ["KafkaCLI"]),
    .target(
      name: "KafkaCLI",
      dependencies: [
        "Buffers", "KafkaProtocol", "KafkaCompression", "Transport", "KafkaClient",
        "KafkaMockBroker", "CLinux", "CReadline",
      ]),

    // The embedded client, and a cluster to test it against.
    .target(
      name: "KafkaClient",
      dependencies: ["Buffers", "KafkaProtocol", "KafkaCompression", "Transport"]),
    .target(
      name: "KafkaMockBroker",
      dependencies: ["Buffers", "KafkaProtocol", "KafkaCompression", "Transport"]),

    // Bytes and values: no sockets, tasks, clocks or logging.
    .target(
      name: "KafkaCompression",
      dependencies: ["Buffers", "KafkaProtocol", "CDeflate", "CZlib", "CSnappy", "CLZ4", "CZstd"]),
    .target(name: "KafkaProtocol", dependencies: ["Buffers", "CCRC32C", "CZlib"]),
    .target(name: "Buffers"),

    // The event loop and sockets; knows nothing of Kafka.
    .target(name: "Transport", dependencies: ["Buffers", "CLinux"]),

    // Development only.
    .executableTarget(name: "kafka-codegen", dependencies: ["KafkaSchema"]),
    .target(name: "KafkaSchema"),

    // C.
    .target(name: "CCRC32C"),
    .target(name: "CReadline", linkerSettings: [.linkedLibrary("readline")]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSnappy", providers: [.apt(["libsnappy-dev"])]),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

    .testTarget(name: "BuffersTests", dependencies: ["Buffers"]),
    .testTarget(name: "KafkaSchemaTests", dependencies: ["KafkaSchema", "kafka-codegen"]),
    .testTarget(name: "KafkaProtocolTests", dependencies: ["KafkaProtocol", "Buffers", "CCRC32C"]),
    .testTarget(
      name: "KafkaCompressionTests", dependencies: ["KafkaCompression", "KafkaProtocol", "Buffers"]),
    .target(name: "CAllocationCount", path: "Tests/Support/CAllocationCount"),
    .target(name: "CPseudoTerminal", path: "Tests/Support/CPseudoTerminal"),
    .target(
      name: "TestHarness", dependencies: ["CLinux"], path: "Tests/Support/TestHarness", exclude: ["release-cluster"]),
    .testTarget(
      name: "AllocationTests",
      dependencies: [
        "CAllocationCount", "KafkaCLI", "KafkaClient", "KafkaCompression", "KafkaProtocol", "Transport", "Buffers",
      ]),
    .testTarget(name: "TransportTests", dependencies: ["Transport", "Buffers"]),
    .testTarget(
      name: "KafkaClientTests",
      dependencies: [
        "KafkaClient", "KafkaMockBroker", "KafkaProtocol", "KafkaCompression", "Transport",
        "Buffers",
      ]),
    .testTarget(
      name: "KafkaMockBrokerTests",
      dependencies: [
        "KafkaMockBroker", "KafkaProtocol", "KafkaCompression", "Transport", "Buffers", "TestHarness",
      ]),
    .testTarget(
      name: "KafkaCLITests",
      dependencies: [
        "KafkaCLI", "KafkaClient", "KafkaMockBroker", "KafkaProtocol", "KafkaCompression",
        "Transport", "Buffers", "CPseudoTerminal", "TestHarness", "EmbeddingExample",
      ]),
    // The program of the README.
    .executableTarget(
      name: "EmbeddingExample", dependencies: ["KafkaClient", "KafkaMockBroker"],
      path: "Tests/Support/EmbeddingExample"),
    .testTarget(name: "TestHarnessTests", dependencies: ["TestHarness"]),
    .testTarget(
      name: "InteropTests", dependencies: ["kavka", "TestHarness"],
      exclude: ["Harness/log4j.properties", "Harness/log4j2.properties"]),
  ]
)

// The fuzzer brings an entry point of its own, so it is built only where it is asked for: by Fuzz/run.
if Context.environment["KAVKA_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "DecoderFuzz", dependencies: ["Buffers", "KafkaProtocol", "KafkaCompression", "KafkaCLI"],
      path: "Fuzz/DecoderFuzz"))
}

for target in package.targets where ![.system, .plugin].contains(target.type) {
  target.swiftSettings = (target.swiftSettings ?? []) + strict
}
