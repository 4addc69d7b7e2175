public import AsyncHTTPClient
public import Auth
public import Configuration
import HTTPTypes
public import Hummingbird
public import Logging
import NIOCore
import NIOHTTP1
import RPC
public import ServiceLifecycle
import Telemetry

/// What a process offers to the service in it, and what the service hands to the process.
///
/// Used while the service is put together, then read once by ``ServiceProcess``. Services run in the order in which they
/// are added and stop in the reverse order: add clients before what uses them. The functions that make a client add it.
public final class ServiceHost {
    /// The settings of the process.
    public let settings: Settings

    /// The root logger.
    public let logger: Logger

    /// The name of this instance.
    public let instance: String

    /// The routes of the service. The outer layer (tokens, deadline, problems, metrics) is put around them.
    public let router: Router<ShopRequestContext>

    /// The HTTP client of the process.
    public let httpClient: HTTPClient

    /// Verifies access tokens. Set from `LOGIN_JWKS_URL`; a service may put another one in its place.
    public var tokenVerifier: TokenVerifier?

    /// Paths on which a bad access token is no reason to refuse.
    public var tokenFreePaths: Set<String> = []

    /// How a problem looks to those who do not read JSON. Only a service that shows pages sets it.
    public var problemPage: (@Sendable (Problem, Request) -> Response)?

    var services: [any Service] = []
    var rpcHandlers: [RPCHandler] = []
    let name: String
    var readAfter: ReadAfterIssuer?
    var checks: [ReadinessCheck] = []
    var startSteps: [@Sendable () async throws -> Void] = []
    let telemetry: Telemetry

    init(name: String, settings: Settings, telemetry: Telemetry) throws {
        self.name = name
        self.settings = settings
        self.telemetry = telemetry
        self.logger = telemetry.logger
        self.instance = try settings.value(ProcessSettings.instance)
        self.httpClient = Self.sharedClient
        self.router = .shop()
        self.services.append(SchedulingProbe())
        if let url = try settings.optional(ProcessSettings.jwksURL) {
            let client = self.httpClient
            let verifier = TokenVerifier(logger: self.logger) { try await Self.fetchKeys(url, client) }
            self.tokenVerifier = verifier
            self.run { await verifier.run() }
        }
    }

    /// The configuration behind ``settings``.
    public var config: ConfigReader { self.settings.config }

    /// What the router serves, such as `GET /v1/cart`.
    var routes: [String] { self.router.routes.map { "\($0.method.rawValue) \($0.path)" }.sorted() }

    /// Adds a part that runs as long as the process.
    public func add(_ service: any Service) {
        self.services.append(service)
    }

    /// Adds work that runs as long as the process and ends when its task is cancelled.
    public func run(_ body: @escaping @Sendable () async throws -> Void) {
        self.services.append(ClientService(body: body))
    }

    /// Adds a condition of readiness; it is asked at each `/readyz` and has a second to answer.
    public func onReady(_ name: String, _ check: @escaping @Sendable () async throws -> Void) {
        self.checks.append(ReadinessCheck(name: name, check: check))
    }

    /// Adds work to be done before the HTTP server opens its port. Clients run already. If it throws, the process ends.
    public func beforeServing(_ step: @escaping @Sendable () async throws -> Void) {
        self.startSteps.append(step)
    }

    /// Serves the service's OpenAPI document.
    ///
    /// - Parameters:
    ///   - document: The JSON text.
    ///   - name: The name in the path `/v1/<name>/openapi.json`.
    public func serveOpenAPI(_ document: [UInt8], as name: String) {
        let body = ByteBuffer(bytes: document)
        self.router.get(RouterPath("/v1/\(name)/openapi.json")) { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json", .cacheControl: "public, max-age=300"],
                body: ResponseBody(byteBuffer: body)
            )
        }
    }

    /// Lives as long as the process. A connection that cannot be made is an error at once: retries and breakers are ours, and
    /// between the pool's own attempts there would soon be a minute, long after the other side is back.
    private static let sharedClient: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private static func fetchKeys(_ url: String, _ client: HTTPClient) async throws -> [UInt8] {
        let response = try await client.execute(HTTPClientRequest(url: url), timeout: .seconds(2))
        guard response.status == .ok else { throw AuthError(.unavailable) }
        return Array(buffer: try await response.body.collect(upTo: 64 * 1_024))
    }
}
