internal import Foundation
internal import Postgres

/// The inbox's tables.
struct PostgresInboxStore: InboxStore {
    let postgres: PostgresClient
    let group: String

    func withCursor<Result>(
        _ partition: LogPartition, _ body: (inout InboxCursor, PostgresTransaction) async throws -> Result
    ) async throws -> Result {
        try await self.postgres.withTransaction { transaction in
            let rows = try await transaction.query(
                """
                select epoch, pos, parked from inbox_cursor
                where grp = \(self.group) and topic = \(partition.topic) and part = \(Int16(partition.index)) for update
                """
            )
            guard let row = rows.first else {
                throw EventError(.misconfigured, "the partition \(partition) of \(self.group) has no cursor")
            }
            let (epoch, sequence, parked) = try row.decode((Int64, Int64, Int32).self)
            let before = InboxCursor(position: LogPosition(epoch: epoch, sequence: sequence), parked: Int(parked))
            var cursor = before
            let result = try await body(&cursor, transaction)
            if cursor != before {
                transaction.enqueue(
                    """
                    update inbox_cursor set epoch = \(cursor.position.epoch), pos = \(cursor.position.sequence),
                      parked = \(Int32(cursor.parked))
                    where grp = \(self.group) and topic = \(partition.topic) and part = \(Int16(partition.index))
                    """
                )
            }
            return result
        }
    }

    func cursors(of partitions: [LogPartition]) async throws -> [LogPartition: InboxCursor] {
        let topics = partitions.map(\.topic)
        let indices = partitions.map { Int32($0.index) }
        let rows = try await self.postgres.batch([
            """
            insert into inbox_cursor (grp, topic, part)
            select \(self.group), p.topic, p.part from unnest(\(topics), \(indices)) as p (topic, part)
            on conflict do nothing
            """,
            "select topic, part, epoch, pos, parked from inbox_cursor where grp = \(self.group)",
        ])
        var cursors: [LogPartition: InboxCursor] = [:]
        for row in rows[1] {
            let (topic, part, epoch, sequence, parked) = try row.decode((String, Int16, Int64, Int64, Int32).self)
            cursors[LogPartition(topic: topic, index: Int(part))] = InboxCursor(
                position: LogPosition(epoch: epoch, sequence: sequence), parked: Int(parked)
            )
        }
        return cursors.filter { partitions.contains($0.key) }
    }
}
