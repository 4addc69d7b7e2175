internal import Foundation
internal import Postgres

// The parking place.

extension PostgresInboxStore {
    func parkedSubjects(_ partition: LogPartition, in transaction: PostgresTransaction) async throws -> Set<String> {
        let rows = try await transaction.query(
            """
            select distinct subject from inbox_parked
            where grp = \(self.group) and topic = \(partition.topic) and part = \(Int16(partition.index))
            """
        )
        return Set(try rows.map { try $0.decode(String.self) })
    }

    func park(
        _ event: EventEnvelope, reason: String, retryAfter: Duration?, in transaction: PostgresTransaction
    ) async throws {
        try await transaction.execute(
            """
            insert into inbox_parked (grp, topic, part, epoch, pseq, event_id, source, type, subject, agg_type, agg_ver,
              occurred_at, traceparent, payload, reason, next_at, dead)
            values (\(self.group), \(event.partition.topic), \(Int16(event.partition.index)), \(event.epoch),
              \(event.sequence), \(event.id), \(event.source), \(event.type), \(event.subject), \(event.aggregateType),
              \(event.aggregateVersion), \(event.time), \(event.traceparent), \(event.payload),
              \(String(reason.prefix(2_000))), now() + make_interval(secs => \(retryAfter?.inSeconds ?? 0)),
              \(retryAfter == nil))
            """
        )
    }

    func dueEvents(in partitions: [LogPartition], limit: Int) async throws -> [ParkedEvent] {
        let rows = try await self.postgres.query(
            """
            select p.topic, p.part, p.epoch, p.pseq, p.event_id, p.source, p.type, p.subject, p.agg_type, p.agg_ver,
              p.occurred_at, p.traceparent, p.payload, p.reason, p.attempts, p.dead
            from inbox_parked p
            join unnest(\(partitions.map(\.topic)), \(partitions.map { Int32($0.index) })) as w (topic, part)
              on p.topic = w.topic and p.part = w.part
            where p.grp = \(self.group) and not p.dead and p.next_at <= now() and not exists (
              select from inbox_parked e
              where e.grp = p.grp and e.topic = p.topic and e.part = p.part and e.subject = p.subject
                and (e.epoch, e.pseq) < (p.epoch, p.pseq))
            order by p.topic, p.part, p.epoch, p.pseq limit \(Int32(limit))
            """
        )
        return try rows.map(Self.parkedEvent)
    }

    func isParked(_ event: EventEnvelope, in transaction: PostgresTransaction) async throws -> Bool {
        let rows = try await transaction.query(
            """
            select 1 from inbox_parked
            where grp = \(self.group) and topic = \(event.partition.topic) and part = \(Int16(event.partition.index))
              and epoch = \(event.epoch) and pseq = \(event.sequence)
            """
        )
        return rows.first != nil
    }

    func unpark(_ event: EventEnvelope, in transaction: PostgresTransaction) async throws {
        try await transaction.execute(
            """
            delete from inbox_parked
            where grp = \(self.group) and topic = \(event.partition.topic) and part = \(Int16(event.partition.index))
              and epoch = \(event.epoch) and pseq = \(event.sequence)
            """
        )
    }

    func postpone(
        _ event: EventEnvelope, reason: String, retryAfter: Duration?, in transaction: PostgresTransaction
    ) async throws {
        try await transaction.execute(
            """
            update inbox_parked
            set attempts = attempts + 1, reason = \(String(reason.prefix(2_000))), dead = \(retryAfter == nil),
              next_at = now() + make_interval(secs => \(retryAfter?.inSeconds ?? 0))
            where grp = \(self.group) and topic = \(event.partition.topic) and part = \(Int16(event.partition.index))
              and epoch = \(event.epoch) and pseq = \(event.sequence)
            """
        )
    }

    static func parkedEvent(_ row: PostgresRow) throws -> ParkedEvent {
        let sequence = try row["pseq", as: Int64.self]
        let epoch = try row["epoch", as: Int64.self]
        let event = EventEnvelope(
            id: try row["event_id", as: String.self], source: try row["source", as: String.self],
            type: try row["type", as: String.self], subject: try row["subject", as: String.self],
            aggregateType: try row["agg_type", as: String.self], aggregateVersion: try row["agg_ver", as: Int64.self],
            time: try row["occurred_at", as: Date.self], traceparent: try row["traceparent", as: String?.self],
            payload: try row["payload", as: [UInt8].self],
            partition: LogPartition(topic: try row["topic", as: String.self], index: Int(try row["part", as: Int16.self])),
            position: LogPosition(epoch: epoch, sequence: sequence),
            previous: LogPosition(epoch: epoch, sequence: sequence - 1)
        )
        return ParkedEvent(
            event: event, attempts: Int(try row["attempts", as: Int32.self]), reason: try row["reason", as: String.self],
            isDead: try row["dead", as: Bool.self]
        )
    }
}
