public import Logging

/// The settings that every process has.
public enum ProcessSettings {
    /// Where the public HTTP server listens.
    public static let httpHost = Setting.string(
        "HTTP_HOST", default: "127.0.0.1", expectation: "an address", help: "The address that all servers of the process listen on.")
    /// The port of the public HTTP server.
    public static let httpPort = Setting.int(
        "HTTP_PORT", default: 8080, in: 0...65_535, unit: "port", help: "The port of the HTTP API; 0 takes any free one.")
    /// The port of the gRPC server.
    public static let grpcPort = Setting.int(
        "GRPC_PORT", default: 9090, in: 0...65_535, unit: "port", help: "The port of the gRPC server; 0 takes any free one.")
    /// The port of the operator's server.
    public static let adminPort = Setting.int(
        "ADMIN_PORT", default: 9100, in: 0...65_535, unit: "port", help: "The port of /livez, /readyz and /metrics.")
    /// The name of this instance.
    public static let instance = Setting.string(
        "INSTANCE", default: "1", expectation: "a short name", help: "Which instance of the service this is; shown in logs and answers.")
    /// The lowest level that is logged.
    public static let logLevel = Setting<Logger.Level>(
        "LOG_LEVEL",
        default: .info,
        expectation: "one of trace, debug, info, notice, warning, error, critical",
        help: "Lines below this level are not written."
    ) { Logger.Level(rawValue: $0.lowercased()) }
    /// How long a process that was told to stop still takes requests.
    public static let drain = Setting.seconds(
        "DRAIN_SECONDS", default: 2, in: 0...120, help: "How long /readyz says no before the servers stop, so that balancers notice.")
    /// How long the whole shutdown may last.
    public static let shutdown = Setting.seconds(
        "SHUTDOWN_SECONDS", default: 25, in: 1...300, help: "The longest time that a shutdown may take after SIGTERM.")
    /// The time that a request may take.
    public static let requestTimeout = Setting.seconds(
        "REQUEST_TIMEOUT_SECONDS", default: 10, in: 0.1...120, help: "The deadline of a request, passed on to everything it calls.")
    /// The bound of requests in work.
    public static let maximumInFlight = Setting.int(
        "HTTP_MAX_IN_FLIGHT", default: 512, in: 1...100_000, unit: "requests",
        help: "Requests in work at the same time; more are answered with 503.")
    /// Proxies in front that can be believed.
    public static let trustedProxies = Setting.int(
        "TRUSTED_PROXIES", default: 1, in: 0...8, unit: "proxies",
        help: "How many proxies in front of the service append to X-Forwarded-For.")
    /// Where the pages of problem types are.
    public static let problemBaseURL = Setting.string(
        "PROBLEM_BASE_URL", default: "/problems/", expectation: "a URL that ends with a slash",
        help: "What stands before the name of a problem's type.")
    /// Where login publishes its keys.
    public static let jwksURL = Setting.string(
        "LOGIN_JWKS_URL", default: nil, isRequired: false, expectation: "a URL",
        help: "Where the keys for access tokens are fetched; without it the service verifies none.")
    /// The threads of the process.
    public static let eventLoops = Setting.int(
        "EVENT_LOOPS", default: 1, in: 0...256, unit: "threads",
        help:
            "Threads that do the network I/O and run all tasks. More instances do more work; 0 is for a process that has all cores for itself."
    )
    /// How often readings of the database are taken for the dashboards.
    public static let sampleInterval = Setting.seconds(
        "SAMPLE_SECONDS", default: 10, in: 0.1...600, help: "How often lags, ages and counts are read from the database as metrics.")

    /// All of them, for the table.
    public static let all: [any SettingDescription] = [
        httpHost, httpPort, grpcPort, adminPort, instance, logLevel, drain, shutdown, requestTimeout, maximumInFlight,
        trustedProxies, problemBaseURL, jwksURL, eventLoops, sampleInterval,
    ]
}
