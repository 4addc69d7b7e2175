import Commerce
import PaymentsDomain
package import Postgres

/// The payment of an order, for those who may see it.
package struct FindPayment: Sendable {
    private let postgres: PostgresClient

    package init(postgres: PostgresClient) {
        self.postgres = postgres
    }

    /// - Parameter account: Whose it must be; nil for the staff, who may see all.
    /// - Returns: Nil where there is none, or it is somebody else's: the two are not told apart.
    package func callAsFunction(order: String, account: String?) async throws -> PaymentView? {
        // What is no order's id at all is not asked for: it may hold bytes that the database does not take.
        guard let order = try? OrderID(order).rawValue else { return nil }
        let rows = try await self.postgres.query(
            """
            select \(unescaped: PaymentRecord.columns) from payments
            where order_id = \(order) and (account_id = \(account) or \(account == nil))
            """)
        guard let row = rows.first else { return nil }
        let payment = try PaymentRecord(row).payment
        return PaymentView(
            id: payment.id.rawValue,
            orderID: payment.orderID.rawValue,
            status: payment.status.rawValue,
            authorized: payment.authorized,
            captured: payment.captured,
            refunded: payment.refunded
        )
    }
}
