import Auth
import Commerce
import HTTPTypes
import Hummingbird
import OrderTrackingDomain
import ServiceKit
import ServiceLifecycle

/// The shopper's routes under `/v1/orders`.
struct OrdersController: Sendable {
    let place: PlaceOrder
    let change: ChangeOrder
    let store: any OrderStore
    let awaiting: AwaitOrder

    func addRoutes(to router: some RouterMethods<ShopRequestContext>) {
        router.post("/v1/orders", use: self.create)
        router.get("/v1/orders", use: self.list)
        router.get("/v1/orders/{id}", use: self.show)
        router.post("/v1/orders/{id}/cancel", use: self.cancel)
    }

    @Sendable func create(_ request: Request, context: ShopRequestContext) async throws -> Response {
        let began = ContinuousClock.now
        let account = try AccountID(context.requirePrincipal().accountID)
        let body = try await request.jsonBody(context: context)
        let key = try IdempotencyKey(requiredBy: request, context: context, body: body.bytes)
        let answer = try await self.place(body.decode(PlaceOrder.Request.self), account: account, key: key)
        guard let time = Preference.wait(of: request) else { return answer.response() }
        // What placing took is part of the time: the balancer does not wait much longer. The order is placed: an instance that
        // is stopped, or a database that cannot be looked into, must not make it sound as if it were not.
        let left = time - began.duration(to: .now)
        let seen = try? await cancelWhenGracefulShutdown {
            try await self.awaiting.settled(OrderAnswer.orderID(in: answer), within: left)
        }
        guard let view = seen ?? nil else { return answer.response() }
        var response = answer.response()
        response.headers[.preferenceApplied] = "wait=\(time.components.seconds)"
        response.body = try JSONCoding.response(OrderJSON(view)).body
        response.headers[.contentLength] = nil
        return response
    }

    @Sendable func list(_ request: Request, context: ShopRequestContext) async throws -> Response {
        let principal = try context.requirePrincipal()
        let page = try PageRequest(request)
        try Self.checkSwitches(["all", "stuck"], of: request)
        // Staff may list everybody's orders of one status, such as those to be shipped.
        let everybody = request.uri.queryParameters["all"] == "true"
        let stuck = request.uri.queryParameters["stuck"] == "true"
        if everybody || stuck { try context.requireStaff() }
        let status = try request.uri.queryParameters["status"].map { text in
            guard let status = OrderStatus(rawValue: String(text)) else {
                throw Problem.invalid("?status", "must be one of " + OrderStatus.allCases.map(\.rawValue).joined(separator: ", "))
            }
            return status
        }
        let cursor = try page.cursor.map { cursor in
            guard let id = try? OrderID(cursor.values.first ?? "") else {
                throw Problem.invalid("?cursor", "must be the next_cursor of an earlier page")
            }
            return id
        }
        let views = try await self.store.list(
            OrderFilter(account: everybody ? nil : try AccountID(principal.accountID), status: status, isStuck: stuck),
            before: cursor, limit: page.limit + 1
        )
        let items = try views.map(OrderJSON.init)
        return try .json(Page(reading: items, limit: page.limit) { Cursor($0.id.rawValue) })
    }

    @Sendable func show(_ request: Request, context: ShopRequestContext) async throws -> Response {
        try JSONCoding.response(OrderJSON(try await self.visibleOrder(context)), headers: [.cacheControl: "no-store"])
    }

    @Sendable func cancel(_ request: Request, context: ShopRequestContext) async throws -> Response {
        let account = try AccountID(context.requirePrincipal().accountID)
        let id = try context.orderID()
        try await self.change.cancel(id, account: account)
        guard let view = try await self.store.view(id) else { throw Problem.notFound("order") }
        return try JSONCoding.response(OrderJSON(view), status: .accepted)
    }

    /// What is on or off must say which.
    private static func checkSwitches(_ names: [Substring], of request: Request) throws(Problem) {
        for name in names {
            guard let value = request.uri.queryParameters[name], value != "true", value != "false" else { continue }
            throw .invalid("?\(name)", "must be true or false")
        }
    }

    /// The order of the path, if the caller may see it: its owner or staff.
    private func visibleOrder(_ context: ShopRequestContext) async throws -> OrderView {
        let principal = try context.requirePrincipal()
        guard let view = try await self.store.view(try context.orderID()),
            view.order.accountID.rawValue == principal.accountID || principal.isStaff
        else { throw Problem.notFound("order") }
        return view
    }
}

extension ShopRequestContext {
    /// The order that the path names.
    ///
    /// - Throws: `Problem` 404 for what cannot be an order's id.
    func orderID() throws -> OrderID {
        guard let id = try? OrderID(try self.pathParameter("id")) else { throw Problem.notFound("order") }
        return id
    }
}
