// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// One line per module: its row in ARCHITECTURE.md, its name and the modules it may import.
/// A row imports only rows below it; `Tests/ArchitectureTests` holds this table against the picture.
let modules: [(row: String, name: String, imports: [String], packages: [Target.Dependency])] = [
    ("values", "MezzCore", [], ["CCrypto"]),
    ("parts", "MezzFormats", ["MezzCore"], []),
    ("parts", "MezzPixels", ["MezzCore"], []),
    (
        "parts", "MezzMedia", ["MezzCore"],
        [
            .product(name: "Subprocess", package: "swift-subprocess"),
            .product(name: "SystemPackage", package: "swift-system"),
        ]
    ),
    ("parts", "MezzStorage", ["MezzCore"], []),
    ("parts", "MezzWorkflow", ["MezzCore"], []),
    ("kernels", "MezzKernels", ["MezzPixels"], []),
    ("kernels", "MezzKernelsAVX2", ["MezzPixels"], []),
    ("stages", "MezzIngest", ["MezzCore", "MezzMedia"], []),
    ("stages", "MezzAnalysis", ["MezzCore", "MezzMedia", "MezzPixels"], []),
    ("stages", "MezzMetrics", ["MezzCore", "MezzMedia", "MezzPixels", "MezzKernels", "MezzKernelsAVX2"], []),
    ("stages", "MezzLadder", ["MezzCore"], []),
    (
        "stages", "MezzEncode", ["MezzCore", "MezzMedia", "MezzFormats", "MezzPixels"],
        [.product(name: "Yams", package: "Yams")]
    ),
    ("stages", "MezzAudio", ["MezzCore", "MezzMedia", "MezzFormats"], ["CEbur128"]),
    ("stages", "MezzText", ["MezzCore", "MezzMedia", "MezzFormats"], []),
    ("stages", "MezzPackaging", ["MezzCore", "MezzMedia", "MezzFormats"], ["CCrypto"]),
    ("stages", "MezzQC", ["MezzCore", "MezzMedia", "MezzFormats"], []),
    ("stages", "MezzCertify", ["MezzCore", "MezzMedia", "MezzFormats"], []),
    (
        "adapters", "MezzQueueSQLite", ["MezzCore", "MezzWorkflow"],
        [.product(name: "GRDB", package: "GRDB.swift")]
    ),
    ("adapters", "MezzQueuePostgres", ["MezzCore", "MezzWorkflow"], ["CLibPQ"]),
    ("adapters", "MezzStorageS3", ["MezzCore", "MezzStorage"], ["CCurl", "CCrypto"]),
    ("adapters", "MezzKeyServer", ["MezzCore", "MezzPackaging"], ["CCurl"]),
    (
        "pipeline", "MezzPipeline",
        [
            "MezzCore", "MezzStorage", "MezzWorkflow", "MezzMedia", "MezzFormats", "MezzPixels", "MezzIngest",
            "MezzAnalysis", "MezzMetrics", "MezzLadder", "MezzEncode", "MezzAudio", "MezzText", "MezzPackaging",
            "MezzQC",
        ], []
    ),
    ("services", "MezzFleet", ["MezzCore", "MezzStorage", "MezzWorkflow", "MezzMedia"], []),
    (
        "wiring", "MezzApp",
        [
            "MezzCore", "MezzFormats", "MezzMedia", "MezzPixels", "MezzStorage", "MezzWorkflow", "MezzQueueSQLite",
            "MezzQueuePostgres", "MezzStorageS3", "MezzKeyServer", "MezzIngest", "MezzAnalysis", "MezzMetrics",
            "MezzLadder",
            "MezzEncode", "MezzAudio", "MezzText", "MezzPackaging", "MezzQC", "MezzCertify", "MezzPipeline",
            "MezzFleet",
        ],
        [.product(name: "ArgumentParser", package: "swift-argument-parser")]
    ),
    (
        "aside", "MezzTestKit", ["MezzCore", "MezzMedia", "MezzStorage", "MezzWorkflow"], []
    ),
]

/// `MezzKernelsAVX2` is `MezzKernels` once more (`Shared` in its folder leads there), compiled for processors with
/// AVX2; which of the two runs is chosen at run time. Fused multiply-add stays off: it would change last bits.
#if arch(x86_64)
let wide: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=haswell", "-Xcc", "-mno-fma"])]
#else
let wide: [SwiftSetting] = []
#endif

/// Test targets mirror the modules; IntegrationTests run the real tools.
let tests: [(name: String, imports: [String], resources: [Resource])] = [
    ("ArchitectureTests", [], []),
    ("MezzCoreTests", ["MezzCore"], []),
    ("MezzFormatsTests", ["MezzCore", "MezzFormats", "MezzTestKit"], []),
    ("MezzMediaTests", ["MezzCore", "MezzMedia", "MezzTestKit"], []),
    ("MezzWorkflowTests", ["MezzCore", "MezzWorkflow", "MezzTestKit"], []),
    ("MezzStorageTests", ["MezzCore", "MezzStorage", "MezzTestKit"], []),
    ("MezzQueueSQLiteTests", ["MezzCore", "MezzWorkflow", "MezzQueueSQLite", "MezzTestKit"], []),
    ("MezzQueuePostgresTests", ["MezzCore", "MezzWorkflow", "MezzQueuePostgres", "MezzTestKit"], []),
    ("MezzStorageS3Tests", ["MezzCore", "MezzStorage", "MezzStorageS3", "MezzTestKit"], []),
    ("MezzFleetTests", ["MezzCore", "MezzStorage", "MezzWorkflow", "MezzMedia", "MezzFleet", "MezzTestKit"], []),
    ("ChaosTests", ["MezzStorageS3", "MezzTestKit"], []),
    ("MezzLadderTests", ["MezzCore", "MezzLadder"], [.copy("Grids")]),
    ("MezzPixelsTests", ["MezzPixels"], []),
    ("MezzKernelsTests", ["MezzPixels", "MezzKernels", "MezzKernelsAVX2", "MezzTestKit"], []),
    ("MezzIngestTests", ["MezzCore", "MezzMedia", "MezzIngest", "MezzTestKit"], []),
    ("MezzAnalysisTests", ["MezzCore", "MezzMedia", "MezzPixels", "MezzIngest", "MezzAnalysis", "MezzTestKit"], []),
    (
        "MezzMetricsTests", ["MezzCore", "MezzMedia", "MezzPixels", "MezzAnalysis", "MezzMetrics", "MezzTestKit"],
        [.copy("Recorded")]
    ),
    ("MezzEncodeTests", ["MezzCore", "MezzMedia", "MezzPixels", "MezzEncode", "MezzTestKit"], []),
    ("MezzAudioTests", ["MezzCore", "MezzMedia", "MezzFormats", "MezzAudio", "MezzTestKit"], []),
    ("MezzTextTests", ["MezzCore", "MezzMedia", "MezzText", "MezzTestKit"], []),
    ("MezzQCTests", ["MezzCore", "MezzFormats", "MezzMedia", "MezzQC", "MezzTestKit"], []),
    ("MezzPackagingTests", ["MezzCore", "MezzPackaging", "MezzTestKit"], []),
    ("MezzKeyServerTests", ["MezzCore", "MezzPackaging", "MezzKeyServer", "MezzTestKit"], []),
    ("MezzCertifyTests", ["MezzCore", "MezzFormats", "MezzMedia", "MezzQC", "MezzCertify"], []),
    (
        "MezzPipelineTests",
        ["MezzCore", "MezzEncode", "MezzLadder", "MezzMetrics", "MezzPixels", "MezzQC", "MezzPipeline"], []
    ),
    (
        "IntegrationTests",
        [
            "MezzCore", "MezzMedia", "MezzFormats", "MezzStorage", "MezzWorkflow", "MezzIngest", "MezzAudio",
            "MezzAnalysis", "MezzEncode", "MezzMetrics", "MezzPackaging", "MezzQC", "MezzQueueSQLite", "MezzPipeline",
            "MezzTestKit",
        ], []
    ),
]

let package = Package(
    name: "mezz",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "mezz", targets: ["mezz"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CEbur128", pkgConfig: "libebur128", providers: [.apt(["libebur128-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .executableTarget(name: "mezz", dependencies: ["MezzApp"], swiftSettings: strict),
    ]
        + modules.map { module in
            .target(
                name: module.name,
                dependencies: module.imports.map { .target(name: $0) } + module.packages,
                swiftSettings: strict + (module.name == "MezzKernelsAVX2" ? wide : [])
            )
        }
        + tests.map { test in
            .testTarget(
                name: test.name,
                dependencies: test.imports.map { .target(name: $0) }
                    // One test forges a database of a newer version.
                    + (test.name == "MezzQueueSQLiteTests" ? [.product(name: "GRDB", package: "GRDB.swift")] : []),
                resources: test.resources,
                swiftSettings: strict
            )
        }
)
