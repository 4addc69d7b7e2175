// swift-tools-version: 6.2
import PackageDescription

// One package: Shared/ (floors 0 to 4), Services/ (on top of them), Tests/.
// Who may import whom is written here, target by target, and enforced by `make check` (deploy/scripts/check-imports).

// MARK: - Libraries of other projects

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let metricsCore = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioHPACK = Target.Dependency.product(name: "NIOHPACK", package: "swift-nio-http2")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")

let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")

let observability: [Target.Dependency] = [logging, metrics, tracing]
let nio: [Target.Dependency] = [nioCore, nioPosix, nioHTTP1, nioHTTP2, nioHPACK, nioSSL]
let serviceLibraries: [Target.Dependency] =
    [hummingbird, httpTypes, httpClient, configuration, lifecycle, crypto, protobuf, nioCore, nioHTTP1] + observability

/// A library of `Shared/`.
func shared(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Shared/\(name)", exclude: exclude)
}

// MARK: - Shared: each target imports from the floors below it only

let sharedTargets: [Target] = [
    // Floor 0: know nothing of each other
    shared("Commerce"),
    shared("Resilience"),
    shared("Readiness", ["CEpoll"]),
    .target(name: "CConcurrency", path: "Shared/CConcurrency"),  // the runtime's hooks have a calling convention that Swift cannot name
    .systemLibrary(name: "CEpoll", path: "Shared/CEpoll"),  // the Glibc overlay leaves epoll and eventfd out
    .systemLibrary(name: "CLibPQ", path: "Shared/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CHiredis", path: "Shared/CHiredis", providers: [.apt(["libhiredis-dev"])]),
    .systemLibrary(name: "CArgon2", path: "Shared/CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
    shared("Wire", [protobuf]),
    // Floor 1
    shared("ConnectionPool"),
    shared("Contracts", ["Commerce", "Wire", protobuf], exclude: ["Protos"]),
    shared("Auth", [jwt, crypto, logging]),
    shared("ResilienceMetrics", ["Resilience", logging, metrics]),
    shared("Telemetry", [logging, metrics, metricsCore, tracing]),
    // Floor 2
    shared("Postgres", ["CLibPQ", "ConnectionPool", "Readiness", "Resilience"] + observability),
    shared("Redis", ["CHiredis", "Readiness", "Resilience"] + observability),
    shared("RPC", ["Wire", "Resilience", "ResilienceMetrics", protobuf, lifecycle] + nio + observability),
    // Floor 3
    shared("Caching", ["Redis", "Resilience", "ResilienceMetrics"] + observability),
    shared("Events", ["Wire", "Postgres", "Redis", "Resilience", lifecycle] + observability),
    // Floor 4
    shared(
        "ServiceKit",
        ["CConcurrency", "Commerce", "Telemetry", "Auth", "Resilience", "Postgres", "Redis", "RPC", "Events", unixSignals, nioPosix]
            + serviceLibraries
    ),
]

// MARK: - Services: never sideways

let serviceFloor: [Target.Dependency] =
    ["Commerce", "Contracts", "Wire", "Resilience", "Postgres", "Redis", "RPC", "Caching", "Events", "Auth", "ServiceKit"]
    + serviceLibraries

/// One service: `Domain` (pure rules), `Service` (use cases, ports, adapters) and `Main` (the executable, 30 lines).
func service(_ name: String, domain: Bool = true, uses: [Target.Dependency] = []) -> [Target] {
    var targets: [Target] = []
    var floor: [Target.Dependency] = serviceFloor
    floor.append(contentsOf: uses)
    if domain {
        targets.append(.target(name: "\(name)Domain", dependencies: ["Commerce"], path: "Services/\(name)/Domain"))
        floor.append(.target(name: "\(name)Domain"))
    }
    let resources: [Resource] = [.embedInCode("Migrations"), .embedInCode("OpenAPI")]
    targets.append(
        .target(name: "\(name)Service", dependencies: floor, path: "Services/\(name)/Service", resources: resources)
    )
    let main: [Target.Dependency] = [.target(name: "\(name)Service"), .target(name: "ServiceKit")]
    targets.append(.executableTarget(name: "\(name)Main", dependencies: main, path: "Services/\(name)/Main"))
    return targets
}

var serviceTargets: [Target] = []
serviceTargets += service("Login", uses: ["CArgon2", jwt])
serviceTargets += service("Catalog")
serviceTargets += service("Cart")
serviceTargets += service("Payments", uses: ["ResilienceMetrics"])
serviceTargets += service("OrderTracking")
serviceTargets += [
    // The web shop owns nothing: it calls the services' public APIs, so it sees no database, no event and no contract.
    .target(
        name: "StorefrontService",
        dependencies: ["Auth", "Commerce", "Resilience", "ServiceKit", mustache] + serviceLibraries,
        path: "Services/Storefront/Service",
        resources: [.embedInCode("Templates"), .embedInCode("Assets")]
    ),
    .executableTarget(
        name: "StorefrontMain",
        dependencies: ["StorefrontService", "ServiceKit"],
        path: "Services/Storefront/Main"
    ),
    // The payment provider's stand-in is a stranger's system: it shares ServiceKit with the shop, but no contract and no rule.
    .target(
        name: "PSPSimulatorService",
        dependencies: ["ServiceKit"] + serviceLibraries,
        path: "Services/PSPSimulator/Service"
    ),
    .executableTarget(
        name: "PSPSimulatorMain",
        dependencies: ["PSPSimulatorService", "ServiceKit"],
        path: "Services/PSPSimulator/Main"
    ),
    // The operator's tool uses the public HTTP API and its own read-only SQL: no code of the services. Events is there for
    // `soukctl events redrive` alone; the audit does without.
    .target(
        name: "SoukctlCommands",
        dependencies: ["Commerce", "Events", "Postgres", argumentParser, httpClient, logging, nioCore, nioHTTP1],
        path: "Services/Soukctl/Commands"
    ),
    .executableTarget(name: "SoukctlMain", dependencies: ["SoukctlCommands", argumentParser], path: "Services/Soukctl/Main"),
]

let executables: [Product] = [
    .executable(name: "login", targets: ["LoginMain"]),
    .executable(name: "catalog", targets: ["CatalogMain"]),
    .executable(name: "cart", targets: ["CartMain"]),
    .executable(name: "payments", targets: ["PaymentsMain"]),
    .executable(name: "order-tracking", targets: ["OrderTrackingMain"]),
    .executable(name: "storefront", targets: ["StorefrontMain"]),
    .executable(name: "psp-simulator", targets: ["PSPSimulatorMain"]),
    .executable(name: "soukctl", targets: ["SoukctlMain"]),
    .executable(name: "bare-server", targets: ["BareServer"]),
]

// MARK: - Tests: rules without I/O, one module against the real server, the whole system

func tests(_ name: String, in folder: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: ["TestSupport"] + dependencies, path: "Tests/\(folder)/\(name)", exclude: exclude)
}

var testTargets: [Target] = [
    .target(name: "TestSupport", dependencies: ["Resilience", "Postgres", "Redis", logging], path: "Tests/Support"),
    tests("CommerceTests", in: "Shared", ["Commerce"]),
    tests("ContractsTests", in: "Shared", ["Contracts", "Commerce", "Wire", protobuf]),
    tests("ResilienceTests", in: "Shared", ["Resilience"]),
    tests("PostgresTests", in: "Shared", ["Postgres", "ConnectionPool", "Readiness", "Resilience"]),
    tests("RedisTests", in: "Shared", ["Redis", "Caching", "Resilience"]),
    tests(
        "RPCTests",
        in: "Shared",
        ["RPC", "Wire", "Resilience", protobuf, lifecycle, logging, nioEmbedded] + nio,
        exclude: ["Peers"]
    ),
    tests("EventsTests", in: "Shared", ["Events", "Wire", "Postgres", "Redis"]),
    tests(
        "ServiceKitTests", in: "Shared",
        ["ServiceKit", "Auth", "Telemetry", "Postgres", hummingbirdTesting, jwt, metricsCore, nioPosix] + serviceLibraries),
    tests(
        "LoginTests", in: "Services",
        ["LoginDomain", "LoginService", "Auth", "Postgres", "ServiceKit", hummingbirdTesting] + serviceLibraries
    ),
    tests(
        "CatalogTests", in: "Services",
        [
            "CatalogDomain", "CatalogService", "Caching", "Commerce", "Contracts", "Events", "Postgres", "Redis", "ServiceKit", "Wire",
            hummingbirdTesting,
        ] + serviceLibraries
    ),
    tests(
        "CartTests", in: "Services",
        ["CartDomain", "CartService", "Commerce", "Events", "Postgres", "ServiceKit", hummingbirdTesting] + serviceLibraries
    ),
    tests(
        "PaymentsTests", in: "Services",
        [
            "PaymentsDomain", "PaymentsService", "PSPSimulatorService", "Commerce", "Contracts", "Wire", "Events", "Postgres", "Auth",
            "ServiceKit",
        ]
            + serviceLibraries
    ),
    tests(
        "OrderTrackingTests", in: "Services",
        ["OrderTrackingDomain", "OrderTrackingService", "Commerce", "Postgres", "Resilience", "ServiceKit"]
    ),
    tests(
        "StorefrontTests", in: "Services",
        ["StorefrontService", "Auth", "Commerce", "Resilience", "ServiceKit", hummingbirdTesting] + serviceLibraries
    ),
    tests("SoukctlTests", in: "Services", ["SoukctlCommands", "Commerce", "Postgres", "Events", argumentParser, logging]),
    .testTarget(
        name: "SystemTests",
        dependencies: ["TestSupport", "Postgres", "Commerce", httpClient, logging, nioCore, nioHTTP1],
        path: "Tests/System",
        exclude: ["Fixtures"]
    ),
    // What `make bench` compares the catalogue's product page with.
    .executableTarget(name: "BareServer", dependencies: [hummingbird, httpTypes], path: "Tests/Benchmarks/BareServer"),
]

let package = Package(
    name: "souk",
    platforms: [.macOS(.v15)],
    products: executables,
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
    ],
    targets: sharedTargets + serviceTargets + testTargets
)

// MARK: - One list of settings for every target

for target in package.targets where target.type != .system {
    var settings: [SwiftSetting] = [
        .enableUpcomingFeature("ExistentialAny"),  // SE-0335
        .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
        .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
        .enableUpcomingFeature("ImmutableWeakCaptures"),  // SE-0481
        .treatAllWarnings(as: .error),
        .treatWarning("StrictLanguageFeatures", as: .error),  // a misspelt flag fails the build
    ]
    // Generated messages are public API with public imports; all other code says which imports it leaks.
    settings.append(.enableUpcomingFeature("InternalImportsByDefault"))  // SE-0409
    if target.type != .test && target.name != "Contracts" && target.name != "Wire" {
        settings.append(.strictMemorySafety())  // SE-0458
    }
    target.swiftSettings = settings
}
