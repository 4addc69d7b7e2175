internal import Metrics
public import Postgres

/// Reads how far publishing and applying are behind, for dashboards and alerts.
///
/// It reads the producer's database alone: what it shows is right also while the log, the relay or a consumer is down, which
/// is when somebody wants to know. All instances read the same, so their gauges are put together with `max`.
public struct OutboxSample: Sendable {
    /// How far behind something is.
    struct Lag: Hashable, Sendable {
        var events: Int64
        /// The age of the oldest of them; 0 when there is none.
        var seconds: Double
    }

    /// Counting stops here: more is simply too much.
    private static let countedEvents: Int64 = 100_000

    private let topic: String
    private let postgres: PostgresClient
    private let waiting: Gauge
    private let oldest: Gauge

    /// - Parameters:
    ///   - outbox: Whose events.
    ///   - postgres: The database that holds them.
    public init(outbox: Outbox, postgres: PostgresClient) {
        self.topic = outbox.topic
        self.postgres = postgres
        let dimensions = [("topic", outbox.topic)]
        self.waiting = Gauge(label: "events_outbox_lag", dimensions: dimensions)
        self.oldest = Gauge(label: "events_outbox_lag_seconds", dimensions: dimensions)
    }

    /// Reads once and sets the gauges.
    ///
    /// - Throws: `PostgresError` when the database cannot be read.
    public func take() async throws {
        let (outbox, groups) = try await self.read()
        self.waiting.record(outbox.events)
        self.oldest.record(outbox.seconds)
        for (group, lag) in groups {
            let dimensions = [("topic", self.topic), ("group", group)]
            Gauge(label: "events_consumer_lag", dimensions: dimensions).record(lag.events)
            Gauge(label: "events_consumer_lag_seconds", dimensions: dimensions).record(lag.seconds)
        }
    }

    /// What waits to be published, and for each group what waits to be applied.
    func read() async throws -> (outbox: Lag, groups: [String: Lag]) {
        let rows = try await self.postgres.batch([
            // Committed, and not yet picked up by the relay. The index on (part, xid) finds them. Where no relay has ever run,
            // there are no partitions yet and everything waits.
            """
            select count(*), coalesce(extract(epoch from clock_timestamp() - min(w.created_at)), 0)::float8 from (
              select o.created_at from outbox_part p
              join outbox o on o.part = p.part and o.xid >= pg_snapshot_xmin(p.snap) and not pg_visible_in_snapshot(o.xid, p.snap)
              union all
              select o.created_at from outbox o where not exists (select from outbox_part)
              limit \(Self.countedEvents)
            ) w
            """,
            // Numbered, and not yet applied by a group.
            """
            select c.grp, sum(greatest(p.pseq - c.pos, 0))::bigint, coalesce(max(extract(epoch from clock_timestamp() -
              case when p.pseq > c.pos then (select min(e.created_at) from outbox_read(p.part, c.pos + 1, 1) e) end)), 0)::float8
            from outbox_part p join outbox_consumer c on c.part = p.part group by c.grp
            """,
        ])
        let outbox = try rows[0].first.map(Self.lag(of:)) ?? Lag(events: 0, seconds: 0)
        var groups: [String: Lag] = [:]
        for row in rows[1] {
            let (group, count, age) = try row.decode((String, Int64, Double).self)
            groups[group] = Lag(events: count, seconds: max(0, age))
        }
        return (outbox, groups)
    }

    private static func lag(of row: PostgresRow) throws -> Lag {
        let (count, age) = try row.decode((Int64, Double).self)
        return Lag(events: count, seconds: max(0, age))
    }
}
