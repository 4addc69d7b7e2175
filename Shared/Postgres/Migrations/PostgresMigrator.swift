public import Logging
import Resilience

/// Applies migrations, each once, also when many instances start at the same time.
public struct PostgresMigrator: Sendable {
    /// The advisory lock all migrators of a database queue for: "souk" in ASCII.
    private static let lock: Int64 = 0x736f_756b

    private static let limit = Duration.seconds(600)

    private let client: PostgresClient
    private let logger: Logger

    public init(client: PostgresClient, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    /// Applies what the database does not have yet, in the given order, all in one transaction.
    ///
    /// The table `schema_migrations` keeps what was applied. Migrations of others in the same database (an outbox's, an inbox's)
    /// are left alone.
    ///
    /// - Throws: ``PostgresError`` of ``PostgresError/Code/migration`` when one that was applied has changed since or an id is
    ///   there twice, or the server's. Then none of them is applied.
    public func apply(_ migrations: [PostgresMigration]) async throws {
        guard Set(migrations.map(\.id)).count == migrations.count else {
            throw PostgresError(.migration, "Two migrations have the same id")
        }
        // A migration may take longer than a query, and so may waiting for another migrator.
        try await withDeadline(.after(Self.limit)) {
            try await self.client.withTransaction { try await self.apply(migrations, in: $0) }
        }
    }

    private func apply(_ migrations: [PostgresMigration], in transaction: PostgresTransaction) async throws {
        let applied = try await self.lockAndRead(transaction)
        for migration in migrations {
            if let checksum = applied[migration.id] {
                guard checksum == migration.checksum else {
                    throw PostgresError(.migration, "\(migration.id) was changed after it had been applied")
                }
                continue
            }
            self.logger.info("Applying migration", metadata: [PostgresLogKey.migration: "\(migration.id)"])
            try await transaction.script(migration.sql)
            transaction.enqueue(
                "insert into schema_migrations (id, checksum) values (\(migration.id), \(migration.checksum))"
            )
        }
    }

    private func lockAndRead(_ transaction: PostgresTransaction) async throws -> [String: String] {
        transaction.enqueue("set local statement_timeout = '\(unescaped: String(Self.limit.milliseconds))'")
        // Whoever comes second waits here until the first has committed.
        transaction.enqueue("select pg_advisory_xact_lock(\(Self.lock))")
        let exists = try await transaction.query("select to_regclass('schema_migrations') is not null")
        guard try exists[0].decode(Bool.self) else {
            transaction.enqueue(
                """
                create table schema_migrations (
                    id text primary key,
                    checksum text not null,
                    applied_at timestamptz not null default now()
                )
                """
            )
            return [:]
        }
        let rows = try await transaction.query("select id, checksum from schema_migrations")
        return Dictionary(uniqueKeysWithValues: try rows.decode((String, String).self).map { ($0.0, $0.1) })
    }
}
