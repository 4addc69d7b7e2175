package import Postgres
package import ServiceKit

/// The payment methods of an account, newest first.
package struct ListPaymentMethods: Sendable {
    private let postgres: PostgresClient

    package init(postgres: PostgresClient) {
        self.postgres = postgres
    }

    package func callAsFunction(account: String, page: PageRequest) async throws -> Page<PaymentMethodView> {
        let before = page.cursor?.values.first
        let rows = try await self.postgres.query(
            """
            select id, brand, last4, exp_month, exp_year from payment_methods
            where account_id = \(account) and (\(before)::text is null or id < \(before))
            order by id desc limit \(Int64(page.limit + 1))
            """)
        let methods = try rows.map { row in
            let (id, brand, last4, month, year) = try row.decode((String, String, String, Int16, Int16).self)
            return PaymentMethodView(id: id, brand: brand, last4: last4, expMonth: Int(month), expYear: Int(year))
        }
        return Page(reading: methods, limit: page.limit) { Cursor($0.id) }
    }
}
