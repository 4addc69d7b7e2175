import Commerce
import Foundation
import OrderTrackingDomain
import Postgres

/// How rows become orders.
struct OrderRow {
    /// The columns of `orders o`, in the order in which ``init(_:)`` reads them by name.
    static let columns = """
        o.id, o.account_id, o.checkout_id, o.payment_id, o.payment_method_id, o.status, o.stock_step, o.payment_step, o.cancel_reason,
        o.is_delivered, o.currency, o.total, o.captured, o.refunded, o.shipping_address::text as shipping_address, o.version, o.checks,
        o.created_at, case when o.captured > 0 then (select string_agg(r.id || ':' || r.amount, ',') from refunds r
        where r.order_id = o.id and r.state = 'requested') end as open_refunds
        """

    let order: Order

    init(_ row: PostgresRow) throws {
        let currency = try Currency(try row["currency", as: String.self])
        func money(_ column: String) throws -> Money { Money(amount: try row[column, as: Int64.self], currency: currency) }
        let saga = OrderSaga(
            status: try Self.value("status", of: row), stock: try Self.value("stock_step", of: row),
            payment: try Self.value("payment_step", of: row),
            cancelReason: try row["cancel_reason", as: String?.self].flatMap(CancelReason.init(rawValue:)),
            isDelivered: try row["is_delivered", as: Bool.self], total: try money("total"), captured: try money("captured"),
            refunded: try money("refunded"), openRefunds: try Self.openRefunds(row["open_refunds", as: String?.self], currency)
        )
        let address = try JSONDecoder().decode(
            ShippingAddress.self, from: Data(try row["shipping_address", as: String.self].utf8)
        )
        self.order = Order(
            id: try OrderID(row["id", as: String.self]), accountID: try AccountID(row["account_id", as: String.self]),
            checkoutID: try CheckoutID(row["checkout_id", as: String.self]),
            paymentID: try PaymentID(row["payment_id", as: String.self]),
            paymentMethodID: try PaymentMethodID(row["payment_method_id", as: String.self]), address: address, saga: saga,
            version: try row["version", as: Int64.self], checks: Int(try row["checks", as: Int32.self]),
            createdAt: try row["created_at", as: Date.self]
        )
    }

    /// A line, and the order that it belongs to.
    static func line(_ row: PostgresRow) throws -> (order: String, line: OrderLine) {
        let price = Money(amount: try row["unit_price", as: Int64.self], currency: try Currency(row["currency", as: String.self]))
        let line = OrderLine(
            sku: try SKU(row["sku", as: String.self]), name: try row["name", as: String.self],
            quantity: try Quantity(Int(row["quantity", as: Int32.self])), unitPrice: price
        )
        return (try row["order_id", as: String.self], line)
    }

    /// A timeline entry, and the order that it belongs to.
    static func entry(_ row: PostgresRow) throws -> (order: String, entry: TimelineEntry) {
        let entry = TimelineEntry(
            number: Int(try row["entry", as: Int32.self]), status: try Self.value("status", of: row),
            detail: try row["detail", as: String?.self], at: try row["at", as: Date.self]
        )
        return (try row["order_id", as: String.self], entry)
    }

    private static func value<Value: RawRepresentable<String>>(_ column: String, of row: PostgresRow) throws -> Value {
        let text = try row[column, as: String.self]
        guard let value = Value(rawValue: text) else { throw CorruptRow(column: column, value: text) }
        return value
    }

    private static func openRefunds(_ text: String?, _ currency: Currency) throws -> [RefundID: Money] {
        var refunds: [RefundID: Money] = [:]
        for pair in text?.split(separator: ",") ?? [] {
            let parts = pair.split(separator: ":")
            guard parts.count == 2, let amount = Int64(parts[1]) else { throw CorruptRow(column: "open_refunds", value: String(pair)) }
            refunds[try RefundID(String(parts[0]))] = Money(amount: amount, currency: currency)
        }
        return refunds
    }
}
