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
        let parked = try await transaction.query(
            "select grp, topic, part::bigint, pseq, reason, dead from inbox_parked order by 1, 2, 3, 4"
        )
        for row in parked {
            let (group, topic, part, position, reason, isDead) = try row.decode((String, String, Int64, Int64, String, Bool).self)
            events.parked.append(
                EventRows.Parked(consumer: group, topic: topic, part: part, position: position, reason: reason, isDead: isDead)
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
        try await Self.readOrder(topic, transaction, into: &events)
    }

    /// Events in the order of their numbers: batch after batch, and by id within a batch. Several events may tell of one
    /// version, and a command that is sent again bears the version of its first time; but no version comes after a later one.
    private static func readOrder(_ topic: String, _ transaction: PostgresTransaction, into events: inout EventRows) async throws {
        let rows = try await transaction.query(
            """
            with numbered as (
              select o.part, o.agg_type || ' ' || o.agg_id as aggregate, o.agg_ver,
                lag(o.agg_ver) over sequence as before, first_value(o.part) over anywhere as first_part
              from outbox_tick k join outbox o on o.part = k.part and o.id between k.first_id and k.last_id
                and pg_visible_in_snapshot(o.xid, k.s2) and not pg_visible_in_snapshot(o.xid, k.s1)
              window sequence as (partition by o.part, o.agg_type, o.agg_id order by k.base, o.id),
                anywhere as (partition by o.agg_type, o.agg_id order by o.part))
            select part::bigint, aggregate, agg_ver, before, first_part::bigint from numbered
            where agg_ver < before or part <> first_part order by 1, 2, 3 limit 1000
            """
        )
        for row in rows {
            let (part, aggregate, version, before, firstPart) = try row.decode((Int64, String, Int64, Int64?, Int64).self)
            let conflict = before.flatMap { $0 > version ? EventRows.Misplaced.Conflict.after(version: $0) : nil }
            events.misplaced.append(
                EventRows.Misplaced(
                    topic: topic, part: part, aggregate: aggregate, version: version, conflict: conflict ?? .alsoIn(part: firstPart)
                )
            )
        }
        events.numbered += try await transaction.query("select coalesce(sum(n), 0)::bigint from outbox_tick").decode(Int64.self).first ?? 0
    }

    private static func exists(_ table: String, _ transaction: PostgresTransaction) async throws -> Bool {
        try await transaction.query("select to_regclass(\(table)) is not null").decode(Bool.self).first ?? false
    }
}
