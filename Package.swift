// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// One room of the house (docs/architecture.md): a library target with its own test target where `tested`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name + "Tests", dependencies: dependencies, swiftSettings: strict)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let nio: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
  .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

let certificates: [Target.Dependency] = [
  .product(name: "X509", package: "swift-certificates"),
  .product(name: "Crypto", package: "swift-crypto"),
  .product(name: "SwiftASN1", package: "swift-asn1"),
]

let package = Package(
  name: "firedrill",
  products: [.executable(name: "firedrill", targets: ["firedrill"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-asn1.git", from: "1.1.0"),
  ],
  targets: [
    room("Diagnostics"),
    room("Signals"),
    room("Exposition", ["Diagnostics", "Signals"]),
    room("Events"),
    room("Reading", ["Diagnostics", "Signals", yams]),
    room("PromQL", ["Diagnostics", "Signals"]),
    room("Dashboards", ["Diagnostics", "Reading"]),
    room("Panels", ["Reading"]),
    room("Scenarios", ["Diagnostics", "Signals", "Reading", yams]),
    room("Bundles", ["Diagnostics", "Signals", "Reading", "Dashboards", "Scenarios", yams]),
    .target(name: "CVirtualTime"),
    room("VirtualTime", ["CVirtualTime"]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    room("Curl", ["CCurl"]),
    room("Stack", ["VirtualTime", "Curl"]),
    room("Explain", ["Diagnostics", "PromQL", "Stack"]),
    room("Net", ["VirtualTime"] + certificates + nio),
    room("Services", ["Signals", "Exposition", "VirtualTime", "Net"] + nio),
    room("Receivers", ["Events", "VirtualTime", "Net"]),
    room("Judge", ["Diagnostics", "Events", "Scenarios"]),
    room("Results", ["Events", grdb]),
    room("Reports", ["Results", "Events", "Panels"]),
    room(
      "Drill",
      [
        "Diagnostics", "Signals", "Exposition", "Events", "Bundles", "Scenarios", "VirtualTime", "Curl", "Stack",
        "Net", "Services", "Receivers", "Judge", "Dashboards", "PromQL", "Explain", "Panels",
      ]),
    .executableTarget(
      name: "firedrill",
      dependencies: [
        "Diagnostics", "Signals", "Bundles", "Scenarios", "VirtualTime", "Stack", "Events", "Judge", "Drill", "Results",
        "Reports", "Reading", "PromQL", "Explain", "Dashboards",
        argumentParser,
      ],
      swiftSettings: strict),

    tests("Diagnostics", ["Diagnostics"]),
    tests("Signals", ["Signals"]),
    tests("Exposition", ["Exposition", "Diagnostics", "Signals"]),
    tests("Stack", ["Stack", "TestSupport"]),
    tests("Explain", ["Explain", "Stack", "TestSupport"]),
    tests("Drill", ["Drill", "Stack", "Events"]),
    tests("VirtualTime", ["VirtualTime"]),
    .testTarget(
      name: "CommandTests", dependencies: ["Events", "Results", "TestSupport", "firedrill"], exclude: ["Cases"],
      swiftSettings: strict),
    tests("Reading", ["Reading", "Diagnostics"]),
    tests("PromQL", ["PromQL", "Reading", "TestSupport"]),
    tests("Panels", ["Panels", "Reading", "TestSupport"]),
    tests("Dashboards", ["Dashboards", "Diagnostics", "Reading"]),
    tests("Bundles", ["Bundles", "Dashboards", "Diagnostics"]),
    tests("Scenarios", ["Scenarios", "Diagnostics", "Signals"]),
    .target(
      name: "TestSupport", dependencies: ["Net", "Stack", "VirtualTime"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("Net", ["Net", "VirtualTime", "TestSupport", .product(name: "NIOCore", package: "swift-nio")]),
    tests(
      "Services",
      [
        "Services", "Net", "Signals", "Exposition", "VirtualTime", "TestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    tests("Receivers", ["Receivers", "Events", "Net", "VirtualTime", "TestSupport"]),
    tests("Judge", ["Judge", "Events", "Scenarios", "Signals", "Diagnostics"]),
    tests("Results", ["Results", "Events", grdb]),
    tests("Reports", ["Reports", "Results", "Events", "TestSupport"]),
  ]
)
