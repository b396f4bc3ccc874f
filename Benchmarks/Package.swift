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

// A package of its own, so that nothing of it is built with the client. What is measured is reached through the links
// "kavka" and "support" and built once more, because declarations with `package` access are seen in one package only.
let package = Package(
  name: "benchmarks",
  targets: [
    .executableTarget(
      name: "Micro",
      dependencies: [
        "Results", "CAllocationCount", "CInstructions", "KafkaCLI", "KafkaClient", "KafkaCompression", "KafkaProtocol",
        "Transport", "Buffers",
      ],
      // Valgrind gives up where it cannot read what is there for debuggers.
      linkerSettings: [.unsafeFlags(["-Xlinker", "--strip-debug"])]),
    .executableTarget(name: "Macro", dependencies: ["Results", "TestHarness"]),
    .target(name: "Results"),
    .target(name: "CInstructions"),

    // What is measured, as the package above declares it.
    .target(
      name: "KafkaCLI",
      dependencies: [
        "Buffers", "KafkaProtocol", "KafkaCompression", "Transport", "KafkaClient", "KafkaMockBroker", "CLinux",
        "CReadline",
      ], path: "kavka/KafkaCLI"),
    .target(
      name: "KafkaClient", dependencies: ["Buffers", "KafkaProtocol", "KafkaCompression", "Transport"],
      path: "kavka/KafkaClient"),
    .target(
      name: "KafkaMockBroker", dependencies: ["Buffers", "KafkaProtocol", "KafkaCompression", "Transport"],
      path: "kavka/KafkaMockBroker"),
    .target(
      name: "KafkaCompression",
      dependencies: ["Buffers", "KafkaProtocol", "CDeflate", "CZlib", "CSnappy", "CLZ4", "CZstd"],
      path: "kavka/KafkaCompression"),
    .target(name: "KafkaProtocol", dependencies: ["Buffers", "CCRC32C", "CZlib"], path: "kavka/KafkaProtocol"),
    .target(name: "Buffers", path: "kavka/Buffers"),
    .target(name: "Transport", dependencies: ["Buffers", "CLinux"], path: "kavka/Transport"),
    .target(name: "CCRC32C", path: "kavka/CCRC32C"),
    .target(name: "CReadline", path: "kavka/CReadline", linkerSettings: [.linkedLibrary("readline")]),
    .systemLibrary(name: "CLinux", path: "kavka/CLinux"),
    .systemLibrary(name: "CDeflate", path: "kavka/CDeflate", pkgConfig: "libdeflate"),
    .systemLibrary(name: "CZlib", path: "kavka/CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CSnappy", path: "kavka/CSnappy"),
    .systemLibrary(name: "CLZ4", path: "kavka/CLZ4", pkgConfig: "liblz4"),
    .systemLibrary(name: "CZstd", path: "kavka/CZstd", pkgConfig: "libzstd"),
    .target(name: "CAllocationCount", path: "support/CAllocationCount"),
    .target(
      name: "TestHarness", dependencies: ["CLinux"], path: "support/TestHarness", exclude: ["release-cluster"]),
  ]
)

for target in package.targets where ![.system, .plugin].contains(target.type) {
  target.swiftSettings = (target.swiftSettings ?? []) + strict
}
