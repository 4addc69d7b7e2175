import Postgres

/// The auditor's SQL on the outbox and inbox tables that every database has.
enum EventsBook {
    /// The topic of each database's outbox.
    private static func topic(_ database: String) -> String { database == "order_tracking" ? "orders" : database }

    static func readConsumers(_ transaction: PostgresTransaction, into events: inout EventRows) async throws {
        guard try await Self.exists("inbox_cursor", transaction) else { return }
        for row in try await transaction.query("select grp, topic, part::bigint, pos from inbox_cursor order by 1, 2, 3") {
            let (group, topic, part, position) = try row.decode((String, String, Int64, Int64).self)
            events.cursors.append(EventRows.Cursor(consumer: group, topic: topic, part: part, position: position))
        }
        for row in try await transaction.query("select grp, topic, part::bigint, pseq, reason from inbox_parked order by 1, 2, 3, 4") {
            let (group, topic, part, position, reason) = try row.decode((String, String, Int64, Int64, String).self)
            events.parked.append(
                EventRows.Parked(consumer: group, topic: topic, part: part, position: position, reason: reason)
            )
        }
    }

    static func readProducer(_ database: String, _ transaction: PostgresTransaction, into events: inout EventRows) async throws {
        guard try await Self.exists("outbox_part", transaction) else { return }
        let topic = Self.topic(database)
        for row in try await transaction.query("select part::bigint, pseq from outbox_part order by part") {
            let (part, last) = try row.decode((Int64, Int64).self)
            events.partitions.append(EventRows.Partition(topic: topic, part: part, last: last))
        }
        // The events of a batch are those that became visible between its two snapshots. A batch whose first events are
        // past their retention is not counted.
        let ticks = try await transaction.query(
            """
            select k.part::bigint, k.base, k.n::bigint,
              case when k.first_id >= (select min(o.id) from outbox o where o.part = k.part) then
                (select count(*) from outbox o where o.part = k.part and o.id between k.first_id and k.last_id
                 and pg_visible_in_snapshot(o.xid, k.s2) and not pg_visible_in_snapshot(o.xid, k.s1)) end
            from outbox_tick k order by k.part, k.base
            """
        )
        for row in ticks {
            let (part, base, count, found) = try row.decode((Int64, Int64, Int64, Int64?).self)
            events.ticks.append(EventRows.Tick(topic: topic, part: part, base: base, count: count, found: found))
        }
    }

    private static func exists(_ table: String, _ transaction: PostgresTransaction) async throws -> Bool {
        try await transaction.query("select to_regclass(\(table)) is not null").decode(Bool.self).first ?? false
    }
}
