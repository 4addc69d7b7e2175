internal import CatalogDomain
internal import Commerce
internal import Postgres

/// The statements by which reservations are made and settled, within one transaction.
///
/// Stock rows are always locked in the order of their codes.
struct ReservationWriter {
    let transaction: PostgresTransaction

    /// Reads an order's reservation, and locks it and the stock of the given products, in one round trip.
    func lock(order: OrderID, stockOf skus: [SKU]) async throws -> (Reservation?, [StockLevel]) {
        let results = try await self.transaction.pipeline([
            Self.reservation(of: order),
            """
            select \(unescaped: StockLevel.columns) from stock s join products p using (sku)
            where s.sku = any(\(skus.map(\.rawValue))) order by s.sku for update of s
            """,
        ])
        return (try results[0].first.map(Reservation.init), try results[1].map(StockLevel.init))
    }

    /// Reads an order's reservation, and locks it and the stock of its lines, in one round trip.
    func lock(order: OrderID) async throws -> (Reservation?, [(level: StockLevel, quantity: Int64)]) {
        let results = try await self.transaction.pipeline([
            Self.reservation(of: order),
            """
            select \(unescaped: StockLevel.columns), l.quantity
            from reservation_lines l join stock s using (sku) join products p using (sku)
            where l.order_id = \(order.rawValue) order by s.sku for update of s
            """,
        ])
        let lines = try results[1].map { row in
            (level: try StockLevel(row: row), quantity: try row["quantity", as: Int64.self])
        }
        return (try results[0].first.map(Reservation.init), lines)
    }

    /// Notes a first outcome, with the transaction's next round trip.
    func insert(_ order: OrderID, _ state: ReservationState, shortages: [StockShortage] = []) throws {
        self.transaction.enqueue(
            """
            insert into reservations (order_id, state, shortages)
            values (\(order.rawValue), \(state.rawValue), \(try PostgresJSON(encoding: shortages)))
            """
        )
    }

    /// Notes what comes next, or that the same was answered again, with the transaction's next round trip.
    func update(_ order: OrderID, _ state: ReservationState) {
        self.transaction.enqueue(
            """
            update reservations set state = \(state.rawValue), version = version + 1, updated_at = now()
            where order_id = \(order.rawValue)
            """
        )
    }

    /// Takes pieces of locked stock for an order, with the transaction's next round trip.
    func hold(_ lines: [StockLine], for order: OrderID) {
        let skus = lines.map(\.sku.rawValue)
        let quantities = lines.map(\.quantity)
        self.transaction.enqueue(
            """
            insert into reservation_lines (order_id, sku, quantity)
            select \(order.rawValue), w.sku, w.quantity from unnest(\(skus), \(quantities)) as w (sku, quantity)
            """
        )
        self.transaction.enqueue(
            """
            update stock s set available = s.available - w.quantity, held = s.held + w.quantity, revision = s.revision + 1
            from unnest(\(skus), \(quantities)) as w (sku, quantity) where s.sku = w.sku
            """
        )
    }

    /// Lets an order's pieces leave the house, with the transaction's next round trip. What shoppers see stays as it is.
    func ship(_ order: OrderID) {
        self.transaction.enqueue(
            """
            update stock s set held = s.held - l.quantity, shipped = s.shipped + l.quantity
            from reservation_lines l where l.order_id = \(order.rawValue) and l.sku = s.sku
            """
        )
    }

    /// Makes an order's pieces available again, with the transaction's next round trip.
    func giveBack(_ order: OrderID) {
        self.transaction.enqueue(
            """
            update stock s set held = s.held - l.quantity, available = s.available + l.quantity, revision = s.revision + 1
            from reservation_lines l where l.order_id = \(order.rawValue) and l.sku = s.sku
            """
        )
    }

    private static func reservation(of order: OrderID) -> PostgresQuery {
        "select state, version, shortages from reservations where order_id = \(order.rawValue) for update"
    }
}
