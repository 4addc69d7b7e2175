import Auth
import HTTPTypes
public import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Resilience
import Tracing

/// The outer layer of a service's HTTP API: everything that is the same for all routes, in one pass.
///
/// In this order: bound on requests in work, trace context, deadline, access token, the routes, errors to problems, the
/// common headers, metrics. One layer instead of a stack of middlewares: each would cost an allocation and a hop.
public struct EdgeResponder: HTTPResponder {
    public typealias Context = ShopRequestContext

    private let configuration: EdgeConfiguration
    private let routes: RouterResponder<ShopRequestContext>
    private let methods: RouteMethods
    private let metrics: EdgeMetrics
    private let gate: InFlightGate

    /// Puts the layer around a router. Routes added later are not seen.
    ///
    /// - Parameters:
    ///   - router: The routes, in a router made by `Router.shop()`.
    ///   - configuration: Limits and the verifier of tokens.
    public init(router: Router<ShopRequestContext>, configuration: EdgeConfiguration) {
        self.configuration = configuration
        self.methods = RouteMethods(router)
        self.routes = router.buildResponder()
        self.metrics = EdgeMetrics()
        self.gate = InFlightGate(limit: configuration.maximumInFlight)
    }

    public func respond(to request: Request, context: ShopRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        guard self.gate.enter() else {
            self.metrics.shed()
            return self.finish(self.answer(Problem.unavailable("This instance has too much to do at the moment."), request), span: nil)
        }
        self.metrics.began()
        defer {
            self.metrics.ended()
            self.gate.leave()
        }
        var inherited = ServiceContext.topLevel
        InstrumentationSystem.instrument.extract(request.headers, into: &inherited, using: HTTPFieldsCarrier())
        let span = startSpan("HTTP \(request.method.rawValue)", context: inherited, ofKind: .server)
        defer { span.end() }
        let response = try await ServiceContext.$current.withValue(span.context) {
            try await withDeadline(.after(self.configuration.requestTimeout)) {
                var response = try await self.answer(request, context: context)
                if let token = await self.readAfterToken(for: request, response) {
                    response.headers[.soukReadAfter] = token
                }
                return response
            }
        }
        self.metrics.record(request, route: context.route, status: response.status, duration: .now - start)
        return self.finish(response, span: span.context)
    }

    /// Runs the routes and gives an answer in all cases but one: a request that was broken on the wire.
    private func answer(_ request: Request, context: ShopRequestContext) async throws -> Response {
        do {
            var context = context
            context.clientAddress = self.clientAddress(of: request, context: context)
            context.principal = try await self.principal(of: request)
            context.readAfter = request.headers[.soukReadAfter].flatMap { self.configuration.readAfter?.read($0) }
            return try await self.routes.respond(to: request, context: context)
        } catch {
            let error = (error as? CarriedError)?.underlying ?? error
            if error is HTTPParserError { throw error }
            return self.answer(self.problem(for: error, request: request, context: context), request)
        }
    }

    private func answer(_ problem: Problem, _ request: Request) -> Response {
        self.configuration.problemPage?(problem, request) ?? problem.response()
    }

    /// A token for what a write has changed, so that its author can read it everywhere.
    private func readAfterToken(for request: Request, _ response: Response) async -> String? {
        guard let issuer = self.configuration.readAfter, response.status.kind == .successful,
            request.method != .get, request.method != .head
        else { return nil }
        return await issuer.token()
    }

    private func principal(of request: Request) async throws -> Principal? {
        guard let verifier = self.configuration.tokenVerifier, let header = request.headers[.authorization] else { return nil }
        if self.configuration.tokenFreePaths.contains(request.uri.path) { return nil }
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Problem.unauthorized("The header Authorization must be: Bearer <token>.", isTokenBad: true)
        }
        return try await verifier.verify(String(parts[1]))
    }

    private func problem(for error: any Error, request: Request, context: ShopRequestContext) -> Problem {
        if context.route == nil, let error = error as? HTTPError, error.status == .notFound {
            return self.methods.problem(for: request)
        }
        let problem = ErrorMapping.problem(for: error, deadline: CallScope.current.deadline)
        if problem.status.kind == .serverError {
            let route = context.route ?? "none"
            context.logger.log(
                level: problem.status == .internalServerError ? .error : .warning,
                "A request failed",
                metadata: [
                    "http.route": "\(route)", "http.method": "\(request.method.rawValue)", "http.status": "\(problem.status.code)",
                    "error": "\(error)", "error_type": "\(type(of: error))",
                ]
            )
            context.logger.debug("The failed request's error in full", metadata: ["error": "\(String(reflecting: error))"])
        }
        return problem
    }

    private func clientAddress(of request: Request, context: ShopRequestContext) -> String {
        guard self.configuration.trustedProxies > 0 else { return context.clientAddress }
        let hops = request.headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }
        guard !hops.isEmpty else { return context.clientAddress }
        // The last entry is the nearest proxy's word; what stands further left came from the client and may be invented.
        let index = max(0, hops.count - self.configuration.trustedProxies)
        let address = hops[index].drop(while: { $0 == " " }).prefix(64)
        return address.isEmpty ? context.clientAddress : String(address)
    }

    private func finish(_ response: Response, span: ServiceContext?) -> Response {
        var response = response
        response.headers[.soukInstance] = self.configuration.instance
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if let span {
            InstrumentationSystem.instrument.inject(span, into: &response.headers, using: HTTPFieldsCarrier())
        }
        return response
    }
}
