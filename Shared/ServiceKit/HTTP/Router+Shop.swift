public import Hummingbird

extension Router where Context == ShopRequestContext {
    /// A router whose errors reach ``EdgeResponder`` as they were thrown, so that all of them become problems in one place.
    public static func shop() -> Router<ShopRequestContext> {
        let router = Router(context: ShopRequestContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: ErrorCarrier())
        return router
    }
}

/// An error on its way past the router, which would answer some kinds itself.
struct CarriedError: Error {
    var underlying: any Error
}

/// Wraps what handlers throw.
private struct ErrorCarrier: RouterMiddleware {
    typealias Context = ShopRequestContext

    func handle(
        _ request: Request,
        context: ShopRequestContext,
        next: @concurrent (Request, ShopRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            throw CarriedError(underlying: error)
        }
    }
}
