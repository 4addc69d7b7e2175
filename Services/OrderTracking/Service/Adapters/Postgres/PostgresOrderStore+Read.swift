import Commerce
import Foundation
import OrderTrackingDomain
import Postgres

/// What pages read.
extension PostgresOrderStore {
    func view(_ id: OrderID) async throws -> OrderView? {
        let key = [id.rawValue]
        let results = try await self.postgres.batch([
            "select \(unescaped: OrderRow.columns) from orders o where id = \(id.rawValue)",
            self.linesQuery(key), self.timelineQuery(key), self.shipmentsQuery(key), self.refundsQuery(key),
        ])
        return try self.views(orders: results[0], rest: Array(results[1...])).first
    }

    func list(_ filter: OrderFilter, before cursor: OrderID?, limit: Int) async throws -> [OrderView] {
        let (account, status) = (filter.account, filter.status)
        let orders = try await self.postgres.query(
            """
            select \(unescaped: OrderRow.columns) from orders o
            where (\(account?.rawValue)::text is null or account_id = \(account?.rawValue))
                and (\(status?.rawValue)::text is null or status = \(status?.rawValue))
                and (\(cursor?.rawValue)::text is null or id < \(cursor?.rawValue))
                and (not \(filter.isStuck) or (next_check_at is not null and checks > 0))
            order by id desc limit \(limit)
            """
        )
        let keys = try orders.map { try $0["id", as: String.self] }
        guard !keys.isEmpty else { return [] }
        let rest = try await self.postgres.batch([
            self.linesQuery(keys), self.timelineQuery(keys), self.shipmentsQuery(keys), self.refundsQuery(keys),
        ])
        return try self.views(orders: orders, rest: rest)
    }

    func timeline(of id: OrderID, after entry: Int) async throws -> [TimelineEntry] {
        let rows = try await self.postgres.query(
            """
            select order_id, entry, status, detail, at from order_timeline
            where order_id = \(id.rawValue) and entry > \(Int32(clamping: entry)) order by entry
            """
        )
        return try rows.map { try OrderRow.entry($0).entry }
    }

    // MARK: Queries over several orders at once, so that a page is two round trips however long it is

    private func linesQuery(_ keys: [String]) -> PostgresQuery {
        """
        select l.order_id, l.sku, l.name, l.quantity, l.unit_price, o.currency
        from order_lines l join orders o on o.id = l.order_id where l.order_id = any(\(keys)) order by l.order_id, l.line
        """
    }

    private func timelineQuery(_ keys: [String]) -> PostgresQuery {
        "select order_id, entry, status, detail, at from order_timeline where order_id = any(\(keys)) order by order_id, entry"
    }

    private func shipmentsQuery(_ keys: [String]) -> PostgresQuery {
        "select order_id, id, carrier, tracking_number, created_at from shipments where order_id = any(\(keys))"
    }

    private func refundsQuery(_ keys: [String]) -> PostgresQuery {
        "select order_id, id, amount, reason, state, created_at from refunds where order_id = any(\(keys)) order by created_at, id"
    }

    private func views(orders: PostgresRows, rest: [PostgresRows]) throws -> [OrderView] {
        var views = try orders.map { OrderView(order: try OrderRow($0).order, lines: [], timeline: [], shipment: nil, refunds: []) }
        let places = Dictionary(uniqueKeysWithValues: views.enumerated().map { ($1.order.id.rawValue, $0) })
        for row in rest[0] {
            let (order, line) = try OrderRow.line(row)
            if let place = places[order] { views[place].lines.append(line) }
        }
        for row in rest[1] {
            let (order, entry) = try OrderRow.entry(row)
            if let place = places[order] { views[place].timeline.append(entry) }
        }
        for row in rest[2] {
            guard let place = places[try row["order_id", as: String.self]] else { continue }
            views[place].shipment = Shipment(
                id: try ShipmentID(row["id", as: String.self]), carrier: try row["carrier", as: String.self],
                trackingNumber: try row["tracking_number", as: String.self], createdAt: try row["created_at", as: Date.self]
            )
        }
        for row in rest[3] {
            guard let place = places[try row["order_id", as: String.self]] else { continue }
            let currency = views[place].order.saga.total.currency
            views[place].refunds.append(
                Refund(
                    id: try RefundID(row["id", as: String.self]),
                    amount: Money(amount: try row["amount", as: Int64.self], currency: currency),
                    reason: try row["reason", as: String.self],
                    state: Refund.State(rawValue: try row["state", as: String.self]) ?? .requested,
                    createdAt: try row["created_at", as: Date.self]
                )
            )
        }
        return views
    }
}
