internal import Postgres

// Who reads what. A lease is valid while its owner is a live member, so that staying alive costs one row, not one for each
// partition.

extension PostgresInboxStore {
    func prepare(_ partitions: [LogPartition]) async throws {
        _ = try await self.cursors(of: partitions)
        try await self.postgres.execute(
            """
            insert into inbox_lease (grp, topic, part)
            select \(self.group), p.topic, p.part
            from unnest(\(partitions.map(\.topic)), \(partitions.map { Int32($0.index) })) as p (topic, part)
            on conflict do nothing
            """
        )
        try await self.postgres.execute(
            "delete from inbox_member where grp = \(self.group) and alive_until < now() - interval '1 minute'"
        )
    }

    func heartbeat(member: String, for duration: Duration) async throws -> GroupState {
        let rows = try await self.postgres.batch([
            """
            insert into inbox_member (grp, member, alive_until)
            values (\(self.group), \(member)::uuid, now() + make_interval(secs => \(duration.inSeconds)))
            on conflict (grp, member) do update set alive_until = excluded.alive_until
            """,
            "select member::text from inbox_member where grp = \(self.group) and alive_until > now()",
            "select topic, part, owner::text from inbox_lease where grp = \(self.group)",
            "select count(*), count(*) filter (where dead) from inbox_parked where grp = \(self.group)",
        ])
        let members = Set(try rows[1].decode(String.self))
        let holdings = try rows[2].map { row in
            let (topic, part, owner) = try row.decode((String, Int16, String?).self)
            let holder = owner.flatMap { members.contains($0) ? $0 : nil }
            return LeasePlanner.Holding(partition: LogPartition(topic: topic, index: Int(part)), holder: holder)
        }
        let (parked, dead) = try rows[3][0].decode((Int64, Int64).self)
        return GroupState(members: members, holdings: holdings, parked: Int(parked), dead: Int(dead))
    }

    func take(_ partitions: [LogPartition], member: String) async throws -> [LogPartition] {
        let rows = try await self.postgres.query(
            """
            update inbox_lease l set owner = \(member)::uuid, fence = fence + 1
            from unnest(\(partitions.map(\.topic)), \(partitions.map { Int32($0.index) })) as p (topic, part)
            where l.grp = \(self.group) and l.topic = p.topic and l.part = p.part
              and (l.owner is null or not exists (
                select from inbox_member m where m.grp = l.grp and m.member = l.owner and m.alive_until > now()))
            returning l.topic, l.part
            """
        )
        return try rows.map { row in
            let (topic, part) = try row.decode((String, Int16).self)
            return LogPartition(topic: topic, index: Int(part))
        }
    }

    func give(_ partitions: [LogPartition], member: String) async throws {
        try await self.postgres.execute(
            """
            update inbox_lease l set owner = null
            from unnest(\(partitions.map(\.topic)), \(partitions.map { Int32($0.index) })) as p (topic, part)
            where l.grp = \(self.group) and l.topic = p.topic and l.part = p.part and l.owner = \(member)::uuid
            """
        )
    }

    func leave(member: String) async throws {
        _ = try await self.postgres.batch([
            "update inbox_lease set owner = null where grp = \(self.group) and owner = \(member)::uuid",
            "delete from inbox_member where grp = \(self.group) and member = \(member)::uuid",
        ])
    }
}
