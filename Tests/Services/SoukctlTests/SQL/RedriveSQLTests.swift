import ArgumentParser
import Postgres
import SoukctlCommands
import TestSupport
import Testing

/// `soukctl events redrive` with the rights that `deploy/postgres/redriver.sql` gives, on databases made by the services' own
/// migrations.
@Suite(.serialized, .enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10))) struct RedriveSQLTests {
    @Test func deadEventsAreTriedAgain() async throws {
        try await Self.withRedriver { databases in
            let redriver = try Redriver(databases: databases.seen(by: "redriver").urls)

            let one = try await RedriveCommand.parse(["catalog", "orders/0/5"]).redrive(with: redriver)
            #expect(one == "catalog tries again: 2\n  orders/0/3: ord_1, event evt_3\n  orders/0/5: ord_1, event evt_5")
            try await Self.expectLive(["evt_3", "evt_5"], in: databases)

            let named = try await RedriveCommand.parse(["catalog", "evt_4"]).redrive(with: redriver)
            #expect(named == "catalog tries again: 1\n  orders/0/4: ord_2, event evt_4")
            try await Self.expectLive(["evt_3", "evt_4", "evt_5"], in: databases)

            try await databases.change("catalog", ["update inbox_parked set dead = true, attempts = 10"])
            let all = try await RedriveCommand.parse(["catalog"]).redrive(with: redriver)
            #expect(all.hasPrefix("catalog tries again: 3\n"))
            try await Self.expectLive(["evt_3", "evt_4", "evt_5"], in: databases)

            try await databases.change("catalog", ["delete from inbox_parked"])
            #expect(try await RedriveCommand.parse(["catalog"]).redrive(with: redriver) == "catalog tries again: 0")
        }
    }

    @Test func whatIsUnknownIsNamedAndNothingIsTouched() async throws {
        try await Self.withRedriver { databases in
            let redriver = try Redriver(databases: databases.seen(by: "redriver").urls)
            for event in ["evt_9", "orders/0/9", "orders/1/3"] {
                let error = await #expect(throws: SoukctlError.self) {
                    try await RedriveCommand.parse(["catalog", event]).redrive(with: redriver)
                }
                #expect(error?.message.hasPrefix("catalog has no parked event \(event);") == true)
            }
            let error = await #expect(throws: SoukctlError.self) {
                try await RedriveCommand.parse(["nobody"]).redrive(with: redriver)
            }
            #expect(error?.message == "no consumer is called nobody; there are catalog")
            try await Self.expectLive([], in: databases)
        }
    }

    private static let forbidden = [
        ("catalog", "select payload from inbox_parked"),
        ("catalog", "select reason from inbox_parked"),
        ("catalog", "update inbox_parked set payload = ''"),
        ("catalog", "update inbox_parked set subject = 'ord_9'"),
        ("catalog", "delete from inbox_parked"),
        ("catalog", "insert into inbox_parked (grp) values ('catalog')"),
        ("catalog", "select pos from inbox_cursor"),
        ("catalog", "update inbox_cursor set parked = 0"),
        ("catalog", "update stock set available = 9"),
        ("payments", "select payload from outbox"),
        ("order_tracking", "select id from orders"),
        ("login", "select password_hash from accounts"),
    ]

    @Test func redriverDoesNothingElse() async throws {
        try await Self.withRedriver { databases in
            let urls = databases.seen(by: "redriver").urls
            for (database, statement) in Self.forbidden {
                try await AuditedDatabases.client(urls[database] ?? "") { client in
                    let error = await #expect(throws: PostgresError.self, "\(statement)") {
                        try await client.execute(PostgresQuery(unescaped: statement))
                    }
                    #expect(error?.sqlState == .insufficientPrivilege, "\(statement): \(String(reflecting: error))")
                }
            }
        }
    }

    /// Databases with parked events of the catalogue's. One has no tables yet when the rights are given; another has a redriver
    /// who may do more.
    private static func withRedriver(_ body: (AuditedDatabases) async throws -> Void) async throws {
        try await AuditedDatabases.with(
            prepare: { databases in
                try await databases.change("login", [self.role])
                try await databases.apply("redriver.sql", to: "catalog")
            },
            { databases in
                try await databases.change("order_tracking", ["grant all on orders to redriver"])
                for database in databases.urls.keys where database != "catalog" {
                    try await databases.apply("redriver.sql", to: database)
                }
                try await databases.change("catalog", [self.parked])
                try await body(databases)
            }
        )
    }

    private static let role = """
        do $$ begin
            if not exists (select from pg_roles where rolname = 'redriver') then create role redriver login; end if;
        end $$
        """

    private static let parked = """
        insert into inbox_parked (grp, topic, part, epoch, pseq, event_id, source, type, subject, agg_type, agg_ver,
          occurred_at, payload, reason, attempts, next_at, dead)
        select 'catalog', 'orders', 0, 1, v, 'evt_' || v, 'orders', 't', case v when 4 then 'ord_2' else 'ord_1' end, 'order', v,
          now(), '', 'cannot be read', 10, now() + interval '1 hour', true
        from generate_series(3, 5) v
        """

    /// These events, and no others, are tried with the consumer's next heartbeat.
    private static func expectLive(
        _ events: [String], in databases: AuditedDatabases, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await AuditedDatabases.client(databases.urls["catalog"] ?? "") { client in
            let live = try await client.query(
                "select event_id from inbox_parked where not dead and attempts = 0 and next_at <= now() order by event_id"
            ).decode(String.self)
            #expect(live == events, sourceLocation: sourceLocation)
        }
    }
}
