import Postgres

/// The auditor's SQL on the database of orders.
enum OrdersBook {
    static func read(_ transaction: PostgresTransaction) async throws -> [OrderRow] {
        var lines: [String: [OrderRow.Line]] = [:]
        let lineRows = try await transaction.query(
            "select order_id, sku, quantity::bigint, unit_price from order_lines order by order_id, line"
        )
        for row in lineRows {
            let (order, sku, quantity, unitPrice) = try row.decode((String, String, Int64, Int64).self)
            lines[order, default: []].append(OrderRow.Line(sku: sku, quantity: quantity, unitPrice: unitPrice))
        }
        let orderRows = try await transaction.query(
            """
            select id, checkout_id, status, total, currency::text, floor(extract(epoch from now() - updated_at))::bigint
            from orders order by id
            """
        )
        return try orderRows.map { row in
            let (id, checkout, status, total, currency, age) = try row.decode((String, String, String, Int64, String, Int64).self)
            return OrderRow(
                id: id,
                checkout: checkout,
                status: status,
                total: total,
                currency: currency,
                age: age,
                lines: lines[id] ?? []
            )
        }
    }
}
