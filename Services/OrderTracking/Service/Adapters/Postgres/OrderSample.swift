import Metrics
import OrderTrackingDomain
import Postgres

/// Reads where the orders stand that are not over, and how long the oldest has waited for an answer.
struct OrderSample: Sendable {
    private static let watched = OrderStatus.allCases.filter { !$0.isTerminal }

    private let postgres: PostgresClient
    private let open: [OrderStatus: Gauge]
    private let waiting = Gauge(label: "orders_waiting")
    private let oldest = Gauge(label: "orders_waiting_oldest_seconds")

    init(postgres: PostgresClient) {
        self.postgres = postgres
        self.open = Dictionary(
            uniqueKeysWithValues: Self.watched.map { ($0, Gauge(label: "orders_open", dimensions: [("status", $0.rawValue)])) }
        )
    }

    /// Reads once and sets the gauges. Both statements are answered by indexes that leave finished orders out.
    func take() async throws {
        let rows = try await self.postgres.batch([
            "select status, count(*) from orders where status not in ('delivered', 'cancelled', 'refunded') group by status",
            // Orders with unanswered commands; an order that moves gets a new updated_at.
            """
            select count(*), coalesce(extract(epoch from clock_timestamp() - min(updated_at)), 0)::float8
            from orders where next_check_at is not null
            """,
        ])
        var counts: [String: Int64] = [:]
        for row in rows[0] {
            let (status, count) = try row.decode((String, Int64).self)
            counts[status] = count
        }
        for (status, gauge) in self.open { gauge.record(counts[status.rawValue] ?? 0) }
        if let (count, age) = try rows[1].first?.decode((Int64, Double).self) {
            self.waiting.record(count)
            self.oldest.record(max(0, age))
        }
    }
}
