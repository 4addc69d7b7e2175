import Postgres

/// The auditor's SQL on the catalog's database.
enum StockBook {
    static func read(_ transaction: PostgresTransaction) async throws -> (stock: [StockRow], reservations: [ReservationRow]) {
        let stock = try await transaction.query(
            """
            select s.sku, coalesce(r.received, 0)::bigint, s.available, s.held, s.shipped
            from stock s left join (select sku, sum(delta) as received from stock_receipts group by sku) r using (sku)
            order by s.sku
            """
        ).map { row in
            let (sku, received, available, held, shipped) = try row.decode((String, Int64, Int64, Int64, Int64).self)
            return StockRow(sku: sku, received: received, available: available, held: held, committed: shipped)
        }
        let reservations = try await transaction.query(
            """
            select l.order_id, l.sku, l.quantity, r.state
            from reservation_lines l join reservations r using (order_id) order by l.order_id, l.sku
            """
        ).map { row in
            let (order, sku, quantity, state) = try row.decode((String, String, Int64, String).self)
            return ReservationRow(order: order, sku: sku, quantity: quantity, state: state)
        }
        return (stock, reservations)
    }
}
