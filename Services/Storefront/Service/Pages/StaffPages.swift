import Commerce
import FoundationEssentials
import HTTPTypes
import Hummingbird
import ServiceKit

/// The counter's other side: orders to ship, orders that are stuck, deliveries, refunds.
struct StaffPages: Sendable {
    private static let statuses = [
        "placed", "reserving", "authorizing", "confirmed", "shipped", "delivered", "cancelling", "cancelled", "partially_refunded",
        "refunded",
    ]

    let shop: Shop

    func addRoutes(to router: Router<ShopRequestContext>) {
        self.shop.show("/staff", on: router) { visit, _ in try await self.desk(visit) }
        self.shop.show("/staff/orders", on: router) { visit, _ in try await self.list(visit) }
        self.shop.show("/staff/orders/{id}", on: router) { visit, context in
            try await self.order(try context.pathParameter("id"), visit, FieldErrors())
        }
        self.shop.accept("/staff/orders/{id}/ship", on: router) { visit, context in
            try await self.ship(try context.pathParameter("id"), visit)
        }
        self.shop.accept("/staff/orders/{id}/deliver", on: router) { visit, context in
            try await self.deliver(try context.pathParameter("id"), visit)
        }
        self.shop.accept("/staff/orders/{id}/refund", on: router) { visit, context in
            try await self.refund(try context.pathParameter("id"), visit)
        }
    }

    /// What there is to do, at one look. Parts that cannot be fetched say so.
    private func desk(_ visit: Visit) async throws -> Outcome {
        _ = try visit.requireStaff()
        async let ship = self.part("Ready to ship", "status=confirmed", visit)
        async let way = self.part("On their way", "status=shipped", visit)
        async let stuck = self.part("Stuck: a step was not answered in time and is being repeated", "stuck=true", visit)
        let parts = try await [stuck, ship, way]
        return .page(Page("staff", title: "Staff desk", ["parts": parts]).within("Staff"))
    }

    private func part(_ title: String, _ filter: String, _ visit: Visit) async throws -> View {
        do {
            let page = try await self.shop.api.allOrders(filter, cursor: nil, limit: 8, for: visit)
            return [
                "title": title, "orders": page.items.isEmpty ? nil : page.items.map(Self.row), "isNothing": page.items.isEmpty,
                "count": page.nextCursor == nil ? String(page.items.count) : "\(page.items.count)+",
                "more": page.nextCursor == nil ? nil : "/staff/orders?\(filter)", "isUrgent": filter == "stuck=true" && !page.items.isEmpty,
            ]
        } catch let failure as APIFailure where failure.isUnavailable {
            return ["title": title, "outage": ServiceWords.outage(of: .orders)]
        }
    }

    private static func row(_ order: Order) -> View {
        OrderViews.row(order).merging(["href": "/staff/orders/\(Form.encode(order.id))"])
    }

    private func list(_ visit: Visit) async throws -> Outcome {
        _ = try visit.requireStaff()
        let status = visit.query("status") ?? ""
        let isStuck = visit.query("stuck") == "true"
        let filter = isStuck ? "stuck=true" : Self.statuses.contains(status) ? "status=\(status)" : ""
        var view: View = [
            "statuses": Self.statuses.map {
                ["value": $0, "label": OrderWords.label(of: $0), "isChosen": $0 == status, "href": "/staff/orders?status=\($0)"] as View
            },
            "isAll": filter.isEmpty,
        ]
        do {
            let page = try await self.shop.api.allOrders(filter, cursor: visit.query("cursor"), limit: 25, for: visit)
            view["orders"] = page.items.map(Self.row)
            view["isNothing"] = page.items.isEmpty
            view["next"] = page.nextCursor.map { "/staff/orders?\(filter)&cursor=\(Form.encode($0))" }
        } catch let failure as APIFailure where failure.isUnavailable {
            view["outage"] = ServiceWords.outage(of: .orders)
        }
        return .page(Page("staff-orders", title: isStuck ? "Stuck orders" : "All orders", view).within("Staff"))
    }

    // MARK: One order

    private static let shipFields = [
        FormField(name: "carrier", label: "Carrier", longest: 100, isHalf: true),
        FormField(name: "tracking", label: "Tracking number", longest: 100, isHalf: true),
    ]

    private static let refundFields = [
        FormField(
            name: "amount", label: "Amount in £", hint: "Empty for all that was captured", isRequired: false, longest: 12,
            inputMode: "decimal", isHalf: true),
        FormField(name: "reason", label: "Reason", longest: 500, isHalf: true),
    ]

    private func order(_ id: String, _ visit: Visit, _ errors: FieldErrors, status: HTTPResponse.Status = .ok) async throws -> Outcome {
        _ = try visit.requireStaff()
        let order = try await self.shop.api.order(id, for: visit)
        let left = order.captured.amount - order.refunded.amount
        var view = OrderViews.page(order).merging([
            "key": Self.key(visit.form["key"]), "problems": errors.summary(of: Self.shipFields + Self.refundFields),
            "captured": MoneyText.text(order.captured), "canCancel": false,
        ])
        if order.status == "confirmed" {
            view["canShip"] = true
            view["shipFields"] = Self.shipFields.filled(from: visit.form, errors: errors).views
        }
        if order.isOnItsWay { view["canDeliver"] = true }
        if left > 0 {
            view["refundFields"] = Self.refundFields.filled(from: visit.form, errors: errors).views
            view["refundable"] = MoneyText.text(Money(amount: left, currency: order.captured.currency))
        }
        return .page(Page("staff-order", title: "Order \(order.id.suffix(8).uppercased())", view).with(status: status).within("Staff"))
    }

    private func ship(_ id: String, _ visit: Visit) async throws -> Outcome {
        _ = try visit.requireStaff()
        var errors = FieldErrors()
        errors.require(visit.form, "carrier", "Enter who carries the parcel.", longest: 100)
        errors.require(visit.form, "tracking", "Enter the parcel's tracking number.", longest: 100)
        guard errors.isEmpty else { return try await self.order(id, visit, errors, status: .unprocessableContent) }
        return try await self.act(id, visit, "The order is shipped; the payment is being captured.") {
            try await self.shop.api.ship(
                id, carrier: visit.form.text("carrier"), tracking: visit.form.text("tracking"), key: Self.key(visit.form["key"]), for: visit
            )
        }
    }

    private func deliver(_ id: String, _ visit: Visit) async throws -> Outcome {
        _ = try visit.requireStaff()
        return try await self.act(id, visit, "The order is delivered.") { try await self.shop.api.deliver(id, for: visit) }
    }

    private func refund(_ id: String, _ visit: Visit) async throws -> Outcome {
        _ = try visit.requireStaff()
        var errors = FieldErrors()
        errors.require(visit.form, "reason", "Say why, for the books.", longest: 500)
        let amount = visit.form.text("amount").isEmpty ? nil : MoneyText.amount(visit.form.text("amount"))
        if !visit.form.text("amount").isEmpty, amount == nil { errors.note("amount", "Enter an amount such as 12.50.") }
        guard errors.isEmpty else { return try await self.order(id, visit, errors, status: .unprocessableContent) }
        return try await self.act(id, visit, "The refund is on its way.") {
            try await self.shop.api.refund(
                id, amount: amount.map { Money(amount: $0, currency: .gbp) }, reason: visit.form.text("reason"),
                key: Self.key(visit.form["key"]), for: visit)
        }
    }

    /// Does something to an order and goes back to its page, with what came of it. What is wrong with a field is said beside it,
    /// and what was typed stays.
    private func act(_ id: String, _ visit: Visit, _ done: String, _ body: () async throws -> Void) async throws -> Outcome {
        do {
            try await body()
            visit.tell(done)
        } catch APIFailure.refused(_, let problem) where problem.status == 422 && !problem.errors.isEmpty {
            var errors = FieldErrors()
            errors.note(problem, names: ["tracking_number": "tracking"])
            return try await self.order(id, visit, errors, status: .unprocessableContent)
        } catch APIFailure.refused(_, let problem) where [409, 422].contains(problem.status) {
            visit.tell(problem.detail ?? problem.title, .bad)
        } catch let failure as APIFailure where failure.isUnavailable {
            visit.tell("No answer came: look at the order again before you repeat it.", .bad)
        }
        return .redirect("/staff/orders/\(Form.encode(id))")
    }

    static func key(_ text: String?) -> String { text.flatMap { UUID(uuidString: $0) }?.uuidString ?? UUID().uuidString }
}

extension Visit {
    /// A member of the staff. The services check it again: this is for a page that says so.
    ///
    /// - Throws: ``APIFailure/loggedOut`` for a guest, a ``Problem`` 404 for a shopper, who need not know the page.
    @discardableResult
    func requireStaff() throws -> Session.Login {
        let login = try self.requireLogin()
        guard login.isStaff else { throw Problem(.notFound) }
        return login
    }
}
