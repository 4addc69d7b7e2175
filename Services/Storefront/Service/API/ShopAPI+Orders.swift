import Commerce
import HTTPTypes
import ServiceKit

extension ShopAPI {
    private struct NewOrder: Encodable {
        var payment_method: String
        var shipping_address: Address
    }

    private struct NewShipment: Encodable {
        var carrier: String
        var tracking_number: String
    }

    private struct NewRefund: Encodable {
        var amount: Money?
        var reason: String
    }

    /// Places the order of what is in the account's cart.
    ///
    /// - Parameter key: The checkout's: with the same key it is the same order, however often it is sent.
    /// - Returns: The order's id.
    func placeOrder(paidWith method: String, to address: Address, key: String, for visit: Visit) async throws -> String {
        struct Placed: Decodable {
            var id: String
        }
        let body = NewOrder(payment_method: method, shipping_address: address)
        let request = try APIRequest(.post, "/v1/orders", json: body).keyed(key).patient()
        let placed: Placed = try await self.read(.orders, request, for: visit, as: .account)
        return placed.id
    }

    /// The account's orders, newest first.
    func orders(cursor: String?, for visit: Visit) async throws -> APIPage<Order> {
        var path = "/v1/orders?limit=10"
        if let cursor { path += "&cursor=\(Form.encode(cursor))" }
        return try await self.read(.orders, APIRequest(.get, path), for: visit, as: .account)
    }

    /// Everybody's orders in a status, for the staff.
    func allOrders(_ filter: String, cursor: String?, limit: Int, for visit: Visit) async throws -> APIPage<Order> {
        var path = "/v1/orders?all=true&limit=\(limit)&\(filter)"
        if let cursor { path += "&cursor=\(Form.encode(cursor))" }
        return try await self.read(.orders, APIRequest(.get, path), for: visit, as: .account)
    }

    func order(_ id: String, for visit: Visit) async throws -> Order {
        try await self.read(.orders, APIRequest(.get, "/v1/orders/\(Form.encode(id))"), for: visit, as: .account)
    }

    func cancel(_ id: String, for visit: Visit) async throws {
        _ = try await self.call(.orders, APIRequest(.post, "/v1/orders/\(Form.encode(id))/cancel"), for: visit, as: .account)
    }

    func ship(_ id: String, carrier: String, tracking: String, key: String, for visit: Visit) async throws {
        let body = NewShipment(carrier: carrier, tracking_number: tracking)
        let request = try APIRequest(.post, "/v1/orders/\(Form.encode(id))/shipments", json: body).keyed(key)
        _ = try await self.call(.orders, request, for: visit, as: .account)
    }

    func deliver(_ id: String, for visit: Visit) async throws {
        _ = try await self.call(.orders, APIRequest(.post, "/v1/orders/\(Form.encode(id))/delivery"), for: visit, as: .account)
    }

    func refund(_ id: String, amount: Money?, reason: String, key: String, for visit: Visit) async throws {
        let request = try APIRequest(.post, "/v1/orders/\(Form.encode(id))/refunds", json: NewRefund(amount: amount, reason: reason))
        _ = try await self.call(.orders, request.keyed(key), for: visit, as: .account)
    }

    /// The order's timeline, live.
    func events(of id: String, after lastEvent: String?, for visit: Visit) async throws -> APIStream {
        var request = APIRequest(.get, "/v1/orders/\(Form.encode(id))/events")
        request.headers[.accept] = "text/event-stream"
        if let lastEvent, let name = HTTPField.Name("Last-Event-ID") { request.headers[name] = lastEvent }
        return try await self.open(.orders, request, for: visit)
    }
}
