package import Commerce

/// A payment as its owner and the staff see it.
package struct PaymentView: Encodable, Sendable, Hashable {
    package let id: String
    package let orderID: String
    package let status: String
    package let authorized: Money
    package let captured: Money
    package let refunded: Money

    private enum CodingKeys: String, CodingKey {
        case id, status, authorized, captured, refunded
        case orderID = "order_id"
    }
}
