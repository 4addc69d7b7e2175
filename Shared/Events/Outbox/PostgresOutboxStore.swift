internal import Foundation
internal import Postgres

/// The outbox's tables, through the functions of its migrations.
struct PostgresOutboxStore: OutboxStore {
    let postgres: PostgresClient

    /// Makes sure that there is a row for each partition.
    ///
    /// - Throws: ``EventError`` with `misconfigured` when the outbox was used with another number of partitions.
    func prepare(partitions: Int) async throws {
        let rows = try await self.postgres.batch([
            """
            insert into outbox_part (part) select generate_series(0, \(partitions - 1))
            where not exists (select from outbox_part) on conflict do nothing
            """,
            "select count(*) from outbox_part",
        ])
        let count = try rows[1].first?.decode(Int64.self) ?? 0
        guard count == Int64(partitions) else {
            throw EventError(
                .misconfigured, "the outbox has \(count) partitions, not \(partitions): the number is fixed once it was used"
            )
        }
    }

    func lease(owner: String, for duration: Duration) async throws -> [OutboxLease] {
        let rows = try await self.postgres.query(
            "select part, pseq, bases from outbox_lease(\(owner)::uuid, make_interval(secs => \(duration.inSeconds)))"
        )
        return try rows.map { row in
            let (partition, head, bases) = try row.decode((Int16, Int64, [Int64]).self)
            return OutboxLease(partition: Int(partition), head: head, bases: bases)
        }
    }

    func release(owner: String) async throws {
        try await self.postgres.execute(
            "update outbox_part set owner = null, lease_until = null where owner = \(owner)::uuid"
        )
    }

    func tick(owner: String, after mark: String?, limit: Int) async throws -> OutboxLook {
        let rows = try await self.postgres.query(
            """
            select e.part, e.head, e.epoch, e.pseq, e.event_id::text, e.type, e.agg_type, e.agg_id, e.agg_ver, e.traceparent,
              e.created_at, e.payload, t.mark
            from outbox_tick_after(\(owner)::uuid, \(mark), \(Int32(limit))) t cross join lateral (select (t.event).*) e
            """
        )
        var ticks: [OutboxTick] = []
        var records: [OutboxRecord] = []
        var current: (partition: Int, head: Int64, epoch: Int64)?
        func finish() {
            guard let current else { return }
            ticks.append(
                OutboxTick(partition: current.partition, head: current.head, epoch: current.epoch, records: records)
            )
            records = []
        }
        for row in rows {
            // A look that found nothing may have one row that only tells the mark.
            guard let partition = try row["part", as: Int16?.self].map({ Int($0) }) else { continue }
            if current?.partition != partition {
                finish()
                current = (partition, try row["head", as: Int64.self], Int64(try row["epoch", as: Int32.self]))
            }
            // A partition whose events did not fit the limit has one row that only tells its head.
            if try row["pseq", as: Int64?.self] != nil { records.append(try Self.record(row)) }
        }
        finish()
        return OutboxLook(ticks: ticks, mark: try rows.first?["mark", as: String.self])
    }

    func read(partition: Int, from sequence: Int64, limit: Int) async throws -> [OutboxRecord] {
        let rows = try await self.postgres.query(
            """
            select pseq, event_id::text, type, agg_type, agg_id, agg_ver, traceparent, created_at, payload
            from outbox_read(\(Int16(partition)), \(sequence), \(Int32(limit)))
            """
        )
        return try rows.map(Self.record)
    }

    private static func record(_ row: PostgresRow) throws -> OutboxRecord {
        OutboxRecord(
            sequence: try row["pseq", as: Int64.self], id: try row["event_id", as: String.self],
            type: try row["type", as: String.self], aggregateType: try row["agg_type", as: String.self],
            aggregateID: try row["agg_id", as: String.self], aggregateVersion: try row["agg_ver", as: Int64.self],
            traceparent: try row["traceparent", as: String?.self], time: try row["created_at", as: Date.self],
            payload: try row["payload", as: [UInt8].self]
        )
    }

    func earliest(partition: Int) async throws -> Int64 {
        let rows = try await self.postgres.query("select outbox_earliest(\(Int16(partition)))")
        return try rows.first?.decode(Int64.self) ?? 0
    }

    func startEpoch(partition: Int, owner: String) async throws {
        try await self.postgres.execute(
            "update outbox_part set bases = bases || pseq where part = \(Int16(partition)) and owner = \(owner)::uuid"
        )
    }

    func positions() async throws -> [Int: [String: LogPosition]] {
        let rows = try await self.postgres.query("select grp, part, epoch, pos from outbox_consumer")
        var positions: [Int: [String: LogPosition]] = [:]
        for row in rows {
            let (group, partition, epoch, sequence) = try row.decode((String, Int16, Int64, Int64).self)
            positions[Int(partition), default: [:]][group] = LogPosition(epoch: epoch, sequence: sequence)
        }
        return positions
    }

    func save(positions: [Int: [String: LogPosition]]) async throws {
        let rows = positions.flatMap { partition, groups in
            groups.map { (partition: Int32(partition), group: $0.key, position: $0.value) }
        }
        try await self.postgres.execute(
            """
            insert into outbox_consumer (grp, part, epoch, pos)
            select * from unnest(\(rows.map(\.group)), \(rows.map(\.partition)), \(rows.map(\.position.epoch)),
              \(rows.map(\.position.sequence)))
            on conflict (grp, part) do update set epoch = excluded.epoch, pos = excluded.pos, at = now()
            """
        )
    }

    func expire() async throws -> Bool {
        let rows = try await self.postgres.query("select outbox_expire()")
        return try rows.first?.decode(Int32.self) != -1
    }
}
