internal import CatalogDomain
internal import Commerce
internal import HTTPTypes
internal import Hummingbird
internal import ServiceKit

/// The routes for everybody.
struct ProductRoutes: Sendable {
    let list: CachedProductList
    let pages: ProductPages

    func add(to router: Router<ShopRequestContext>) {
        router.get("/v1/products") { request, context in try await self.list(request, context) }
        router.get("/v1/products/{sku}") { request, context in try await self.show(request, context) }
    }

    private func list(_ request: Request, _ context: ShopRequestContext) async throws -> Response {
        let page = try PageRequest(request)
        let text = request.uri.queryParameters["query"].map { String($0) } ?? ""
        let wrote = context.readAfter != nil
        let found = wrote ? try await self.list.freshPage(matching: text, page) : try await self.list.page(matching: text, page)
        return .json(text: found, headers: [.cacheControl: Self.caching])
    }

    private func show(_ request: Request, _ context: ShopRequestContext) async throws -> Response {
        guard let sku = try? SKU(context.pathParameter("sku")) else { throw Problem.notFound("product") }
        // A client that wrote here a moment ago reads past the cache, in case writing through failed.
        let wrote = context.readAfter != nil
        let found = wrote ? try await self.pages.freshPage(sku) : try await self.pages.page(sku)
        guard let product = found else { throw Problem.notFound("product") }
        let tag = ProductTag(product)
        let headers: HTTPFields = [.eTag: tag.text, .cacheControl: Self.caching]
        if tag.isKnown(to: request) { return Response(status: .notModified, headers: headers) }
        return try .json(ProductBody(product), headers: headers)
    }

    /// Pages show stock and prices, so whoever keeps them asks each time whether they still hold; a 304 is cheap.
    private static let caching = "no-cache"
}
