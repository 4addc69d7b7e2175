import HTTPTypes
import Hummingbird
import NIOCore
import ServiceKit
import ServiceLifecycle
import Synchronization

/// My orders, one order, and its timeline as it happens.
struct OrderPages: Sendable {
    let shop: Shop
    let gate: StreamGate

    func addRoutes(to router: Router<ShopRequestContext>) {
        self.shop.show("/orders", on: router) { visit, _ in try await self.list(visit) }
        self.shop.show("/orders/{id}", on: router) { visit, context in
            try await self.show(try context.pathParameter("id"), visit)
        }
        self.shop.show("/orders/{id}/live", on: router) { visit, context in
            try await self.live(try context.pathParameter("id"), visit)
        }
        self.shop.show("/orders/{id}/events", on: router) { visit, context in
            try await self.events(try context.pathParameter("id"), visit)
        }
        self.shop.accept("/orders/{id}/cancel", on: router) { visit, context in
            try await self.cancel(try context.pathParameter("id"), visit)
        }
    }

    private func list(_ visit: Visit) async throws -> Outcome {
        _ = try visit.requireLogin()
        var view: View = [:]
        do {
            let page = try await self.shop.api.orders(cursor: visit.query("cursor"), for: visit)
            view["orders"] = page.items.map(OrderViews.row)
            view["isNothing"] = page.items.isEmpty
            view["next"] = page.nextCursor.map { "/orders?cursor=\(Form.encode($0))" }
        } catch let failure as APIFailure where failure.isUnavailable {
            view["outage"] = ServiceWords.outage(of: .orders)
        }
        return .page(Page("orders", title: "Your orders", view).within("Orders"))
    }

    private func show(_ id: String, _ visit: Visit) async throws -> Outcome {
        let login = try visit.requireLogin()
        let order = try await self.shop.api.order(id, for: visit)
        var view = OrderViews.page(order)
        view["isStaff"] = login.isStaff
        if !login.mayCancel(order) { view["canCancel"] = false }
        return .page(Page("order", title: "Order \(order.id.suffix(8).uppercased())", view).within("Orders"))
    }

    /// The part of the order's page that changes, for the page's script.
    private func live(_ id: String, _ visit: Visit) async throws -> Outcome {
        let login = try visit.requireLogin()
        let order = try await self.shop.api.order(id, for: visit)
        var view = OrderViews.live(order)
        // On the staff's page nothing is cancelled, not even an order of their own.
        if visit.query("staff") != nil || !login.mayCancel(order) { view["canCancel"] = false }
        return .response(try self.shop.renderer.fragment("live", view, csrf: self.shop.tokens.make(for: visit.session)))
    }

    /// The order's events, passed on as they come. When there is no room for another stream the page asks again by itself.
    private func events(_ id: String, _ visit: Visit) async throws -> Outcome {
        _ = try visit.requireLogin()
        guard let place = self.gate.enter() else {
            throw Problem.unavailable("Too many pages are kept up to date by a stream.", retryAfter: .seconds(10))
        }
        let stream = try await self.shop.api.events(of: id, after: visit.request.headers[Self.lastEventID], for: visit)
        guard stream.status == 200 else { throw stream.status == 404 ? Problem(.notFound) : Problem.unavailable("No stream.") }
        let body = ResponseBody { writer in
            try await self.pass(stream.chunks, to: &writer)
            withExtendedLifetime(place) {}
            try await writer.finish(nil)
        }
        let headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"]
        return .response(Response(status: .ok, headers: headers, body: body))
    }

    @concurrent private func pass<Chunks: AsyncSequence<ByteBuffer, any Error> & Sendable>(
        _ chunks: Chunks, to writer: inout any ResponseBodyWriter
    ) async throws {
        do {
            for try await chunk in chunks.cancelOnGracefulShutdown() { try await writer.write(chunk) }
        } catch is CancellationError {
            // The instance stops: the browser comes back to another one and goes on after the last event.
        }
    }

    private func cancel(_ id: String, _ visit: Visit) async throws -> Outcome {
        _ = try visit.requireLogin()
        do {
            try await self.shop.api.cancel(id, for: visit)
            visit.tell("We are cancelling your order.")
        } catch let failure as APIFailure where failure.problem("order-not-cancellable") != nil {
            visit.tell("This order can no longer be cancelled: it was shipped or is cancelled already.", .bad)
        } catch let failure as APIFailure where failure.isUnavailable {
            visit.tell("We could not hear whether it was cancelled. Look at the order again in a moment.", .bad)
        }
        return .redirect("/orders/\(Form.encode(id))")
    }

    private static let lastEventID = HTTPField.Name("Last-Event-ID")!
}

extension Session.Login {
    /// Staff look at everybody's orders, an order's owner cancels it. Others see none but their own.
    fileprivate func mayCancel(_ order: Order) -> Bool { !self.isStaff || order.accountID == self.accountID }
}
