import Postgres
import SoukctlCommands
import TestSupport
import Testing

/// The rights that `deploy/postgres/auditor.sql` gives, on databases made by the services' own migrations.
@Suite(.serialized, .enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10))) struct AuditorRoleTests {
    @Test func auditorReadsWhatTheAuditNeeds() async throws {
        try await Self.withAuditor { databases in
            let report = try await databases.audit()
            #expect(report.isClean, "\(report.text)")
            #expect(report.results.contains { $0.title == "Event sequences are dense" && $0.examined > 0 })
        }
    }

    private static let secrets = [
        ("login", "select password_hash from accounts"),
        ("login", "select email from accounts"),
        ("login", "select private_key from signing_keys"),
        ("login", "select hash from refresh_tokens"),
        ("payments", "select provider_token from payments"),
        ("payments", "select * from payment_methods"),
        ("order_tracking", "select shipping_address from orders"),
        ("order_tracking", "select payload from outbox"),
        ("order_tracking", "select * from orders"),
        ("catalog", "select * from later"),
    ]

    private static let writes = [
        ("catalog", "update stock set available = 9"),
        ("catalog", "delete from reservations"),
        ("catalog", "truncate stock_receipts"),
        ("catalog", "create table mine (id int)"),
        ("catalog", "create temporary table mine (id int)"),
        ("catalog", "select lo_create(0)"),
        ("payments", "insert into payment_methods (id) values ('pm_1')"),
        ("order_tracking", "insert into inbox_cursor (grp, topic, part, pos) values ('catalog', 'orders', 1, 1)"),
    ]

    @Test func auditorReadsNoSecretAndWritesNothing() async throws {
        try await Self.withAuditor { databases in
            for (database, statement) in Self.secrets + Self.writes {
                try await AuditedDatabases.client(databases.urls[database] ?? "") { client in
                    let error = await #expect(throws: PostgresError.self, "\(statement)") {
                        try await client.withTransaction { transaction in
                            // What the role is set to is a habit that anybody can drop: the rights must be enough.
                            try await transaction.execute("set transaction read write")
                            try await transaction.execute(PostgresQuery(unescaped: statement))
                        }
                    }
                    #expect(error?.sqlState == .insufficientPrivilege, "\(statement): \(String(reflecting: error))")
                }
            }
        }
    }

    /// The databases as the auditor meets them. Most get the rights before they have tables; the one of the orders has them
    /// already, with an auditor who may read everything, as before there was this file.
    private static func withAuditor(_ body: (AuditedDatabases) async throws -> Void) async throws {
        try await AuditedDatabases.with(
            prepare: { databases in
                try await databases.change("login", [self.role])
                for database in ["catalog", "payments", "login"] { try await databases.apply("auditor.sql", to: database) }
            },
            { databases in
                try await databases.change("order_tracking", ["grant pg_read_all_data to auditor", "grant all on orders to auditor"])
                try await databases.change("catalog", ["create table later (id int)"])
                for database in databases.urls.keys { try await databases.apply("auditor.sql", to: database) }
                try await body(databases.seen(by: "auditor"))
            }
        )
    }

    private static let role = """
        do $$ begin
            if not exists (select from pg_roles where rolname = 'auditor') then create role auditor login; end if;
        end $$
        """
}
