import HTTPTypes
import ServiceKit

/// Something of catalog, and whether it is only what catalog said last.
struct Shown<Value: Sendable>: Sendable {
    var value: Value
    var isLastKnown: Bool
}

extension ShopAPI {
    /// A page of products: all of them, or those that match.
    func products(matching query: String, cursor: String?, limit: Int, for visit: Visit) async throws -> Shown<APIPage<Product>> {
        var path = "/v1/products?limit=\(limit)"
        if !query.isEmpty { path += "&query=\(Form.encode(query))" }
        if let cursor { path += "&cursor=\(Form.encode(cursor))" }
        return try await self.fromCatalog(path, for: visit)
    }

    /// A product.
    func product(_ sku: String, for visit: Visit) async throws -> Shown<Product> {
        try await self.fromCatalog("/v1/products/\(Form.encode(sku))", for: visit)
    }

    /// A product with its entity tag, for a change by the staff.
    func productToChange(_ sku: String, for visit: Visit) async throws -> (product: Product, tag: String) {
        let answer = try await self.call(.catalog, APIRequest(.get, "/v1/products/\(Form.encode(sku))"), for: visit, as: .account)
        return (try self.decode(answer, from: .catalog), answer.headers[.eTag] ?? "")
    }

    func create(_ product: NewProduct, key: String, for visit: Visit) async throws {
        _ = try await self.call(.catalog, try APIRequest(.post, "/v1/products", json: product).keyed(key), for: visit, as: .account)
    }

    func change(_ sku: String, to details: ProductChange, seen tag: String, for visit: Visit) async throws {
        var request = try APIRequest(.put, "/v1/products/\(Form.encode(sku))", json: details)
        request.headers[.ifMatch] = tag
        _ = try await self.call(.catalog, request, for: visit, as: .account)
    }

    func restock(_ sku: String, by delta: Int64, key: String, for visit: Visit) async throws {
        let request = try APIRequest(.post, "/v1/products/\(Form.encode(sku))/stock", json: ["delta": delta]).keyed(key)
        _ = try await self.call(.catalog, request, for: visit, as: .account)
    }

    private func fromCatalog<Value: Decodable & Sendable>(_ path: String, for visit: Visit) async throws -> Shown<Value> {
        do {
            let answer = try await self.call(.catalog, APIRequest(.get, path), for: visit, as: .anybody)
            let value: Value = try self.decode(answer, from: .catalog)
            self.lastKnown.keep(answer, for: path)
            return Shown(value: value, isLastKnown: false)
        } catch let failure as APIFailure where failure.isUnavailable {
            guard let answer = self.lastKnown.answer(for: path), let value = try? answer.decode(Value.self) else { throw failure }
            return Shown(value: value, isLastKnown: true)
        }
    }
}
