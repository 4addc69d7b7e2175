internal import Auth
internal import Caching
internal import CatalogDomain
internal import Commerce
internal import HTTPTypes
internal import Hummingbird
internal import Postgres
internal import ServiceKit

/// The routes for the staff.
struct StaffRoutes: Sendable {
    let changes: StaffChanges
    let pages: ProductPages
    let edition: CacheEdition
    let postgres: PostgresClient
    let idempotency: IdempotencyStore

    func add(to router: Router<ShopRequestContext>) {
        router.post("/v1/products") { request, context in try await self.create(request, context) }
        router.put("/v1/products/{sku}") { request, context in try await self.change(request, context) }
        router.post("/v1/products/{sku}/stock") { request, context in try await self.restock(request, context) }
    }

    private func create(_ request: Request, _ context: ShopRequestContext) async throws -> Response {
        let staff = try context.requireStaff()
        let body = try await request.jsonBody(context: context)
        let opening = try body.decode(OpeningBody.self)
        let details = try body.decode(DetailsBody.self).details()
        let stock = try StockDelta.opening(opening.stock ?? 0)
        let key = try IdempotencyKey(request: request, context: context, body: body.bytes, required: false)
        var created: Product?
        let response = try await self.idempotency.run(key) { transaction in
            let product = try await self.changes.create(
                opening.sku, details, stock: stock, by: staff.accountID, in: transaction
            )
            created = product
            let location = "/v1/products/\(product.sku)"
            return try Self.response(product, status: .created, headers: [.location: location])
        }
        if let created { await self.show(created) }
        return response.response()
    }

    private func change(_ request: Request, _ context: ShopRequestContext) async throws -> Response {
        try context.requireStaff()
        let sku = try Self.sku(context)
        let condition = try ProductTag.condition(request)
        let details = try await request.decodeBody(DetailsBody.self, context: context).details()
        let product = try await self.postgres.withTransaction { transaction in
            try await self.changes.change(sku, to: details, seen: condition, in: transaction)
        }
        await self.show(product)
        return try Self.response(product, status: .ok).response()
    }

    private func restock(_ request: Request, _ context: ShopRequestContext) async throws -> Response {
        let staff = try context.requireStaff()
        let sku = try Self.sku(context)
        let body = try await request.jsonBody(context: context)
        let delta = try StockDelta(body.decode(DeltaBody.self).delta)
        let key = try IdempotencyKey(request: request, context: context, body: body.bytes, required: false)
        var changed: Product?
        let response = try await self.idempotency.run(key) { transaction in
            let product = try await self.changes.restock(sku, delta, by: staff.accountID, in: transaction)
            changed = product
            return try StoredResponse(StockBody(sku: sku.rawValue, available: product.available), status: .ok)
        }
        if let changed { await self.show(changed) }
        return response.response()
    }

    /// Shoppers see a change at once: the product's page is written through, and lists are read anew.
    private func show(_ product: Product) async {
        await self.pages.store(product)
        await self.edition.begin()
    }

    private static func sku(_ context: ShopRequestContext) throws -> SKU {
        guard let sku = try? SKU(context.pathParameter("sku")) else { throw Problem.notFound("product") }
        return sku
    }

    private static func response(
        _ product: Product, status: HTTPResponse.Status, headers: HTTPFields = [:]
    ) throws -> StoredResponse {
        let view = ProductView(product)
        var headers = headers
        headers[.eTag] = ProductTag(view).text
        return try StoredResponse(ProductBody(view), status: status, headers: headers)
    }
}
