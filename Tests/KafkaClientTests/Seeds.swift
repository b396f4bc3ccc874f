import Foundation

/// The seeds that tests with drawn faults run: 60, or as many as `KAVKA_SEEDS` says.
let seeds = 0..<(ProcessInfo.processInfo.environment["KAVKA_SEEDS"].flatMap(Int.init) ?? 60)
