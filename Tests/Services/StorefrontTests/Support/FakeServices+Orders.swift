import Foundation
import HTTPTypes
import ServiceKit

@testable import StorefrontService

extension FakeServices.State {
    mutating func orders(_ request: APIRequest, _ parts: [String], _ body: [String: Any]) -> Answer {
        guard let email = self.account(of: request) else { return Self.problem(401, "unauthorized") }
        let isStaff = self.accounts[email]?.isStaff == true
        if parts.count == 2, request.method == .post { return self.placed(request, email, body) }
        if parts.count == 2 {
            if request.path.contains("all=true"), !isStaff { return Self.problem(403, "forbidden") }
            let mine = self.orders.filter { isStaff || $0.value.email == email }.keys.sorted()
            return Self.json(["items": mine.compactMap { self.shownOrder($0) }, "next_cursor": NSNull()])
        }
        guard parts.count > 2, let order = self.orders[parts[2]], isStaff || order.email == email else {
            return Self.problem(404, "not-found")
        }
        if parts.last == "cancel" {
            guard order.email == email else { return Self.problem(404, "not-found") }
            self.orders[parts[2]]?.status = "cancelling"
        }
        if parts.last == "shipments" { self.orders[parts[2]]?.status = "shipped" }
        if parts.last == "refunds" { return Self.refunded(order, body) }
        return Self.json(self.shownOrder(parts[2]) ?? [:])
    }

    /// Nothing to give back is a conflict, more than there is a mistake in the field.
    private static func refunded(_ order: (email: String, status: String, total: Int), _ body: [String: Any]) -> Answer {
        let captured = self.captured(order)
        guard captured > 0 else { return self.problem(409, "order-not-refundable", "Nothing has been captured.") }
        let amount = (body["amount"] as? [String: Any])?["amount"] as? Int ?? captured
        guard amount <= captured else {
            return self.problem(422, "refund-too-large", errors: [["pointer": "#/amount", "detail": "is more than can still be refunded"]])
        }
        return self.json(["id": "ref_1"], status: 201)
    }

    /// Money is taken when the parcel leaves.
    private static func captured(_ order: (email: String, status: String, total: Int)) -> Int {
        ["shipped", "delivered", "partially_refunded", "refunded"].contains(order.status) ? order.total : 0
    }

    private mutating func placed(_ request: APIRequest, _ email: String, _ body: [String: Any]) -> Answer {
        guard let key = request.headers[.idempotencyKey] else { return Self.problem(428, "idempotency-key-required") }
        if let id = self.answersByKey["order \(key)"] { return Self.json(self.shownOrder(id) ?? [:], status: 201) }
        guard self.total(email) > 0 else { return Self.problem(422, "cart-empty") }
        let id = "ord_\(self.number())"
        self.orders[id] = (email, "confirmed", self.total(email))
        self.answersByKey["order \(key)"] = id
        self.carts[email] = [:]
        return Self.json(self.shownOrder(id) ?? [:], status: 201)
    }

    func shownOrder(_ id: String) -> [String: Any]? {
        self.orders[id].map { order in
            [
                "id": id, "account_id": order.email, "status": order.status,
                "total": Self.money(order.total), "captured": Self.money(Self.captured(order)), "refunded": Self.money(0),
                "payment_method": "pm_1", "shipments": [String](), "refunds": [String](), "created_at": "2026-11-21T06:45:09.000Z",
                "items": [
                    [
                        "sku": "LANTERN-BRASS", "name": "Brass courtyard lantern", "quantity": 1, "unit_price": Self.money(order.total),
                        "line_total": Self.money(order.total),
                    ] as [String: Any]
                ],
                "shipping_address": ["name": "Ann", "line1": "1 Lane", "city": "York", "postcode": "Y1", "country": "GB"],
                "timeline": [
                    ["status": "placed", "at": "2026-11-21T06:45:09.000Z"], ["status": order.status, "at": "2026-11-21T06:45:10.000Z"],
                ],
            ]
        }
    }
}
