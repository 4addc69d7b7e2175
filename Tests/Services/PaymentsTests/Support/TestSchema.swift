import Logging
import Postgres
import TestSupport
import Testing

/// A schema of its own on the real server, with migrations applied, dropped afterwards.
enum TestSchema {
    static func with<Result>(
        _ migrations: [PostgresMigration],
        _ body: (PostgresClient) async throws -> Result
    ) async throws -> Result {
        let base = try #require(TestServers.postgres)
        let schema = "pay_\(UInt64.random(in: 0...(.max)))"
        return try await Self.client(base) { admin in
            try await admin.execute("create schema \(unescaped: schema)")
            let separator = base.contains("?") ? "&" : "?"
            do {
                let result = try await Self.client(base + separator + "options=-csearch_path%3D" + schema) { client in
                    try await PostgresMigrator(client: client, logger: .quiet).apply(migrations)
                    return try await body(client)
                }
                try await Self.drop(schema, admin)
                return result
            } catch {
                try? await Self.drop(schema, admin)
                throw error
            }
        }
    }

    /// In a transaction, because that is repeated when it meets the last statement of a worker that has just been stopped.
    private static func drop(_ schema: String, _ admin: PostgresClient) async throws {
        try await admin.withTransaction(retries: 5) { transaction in
            _ = try await transaction.execute("drop schema \(unescaped: schema) cascade")
        }
    }

    private static func client<Result>(_ url: String, _ body: (PostgresClient) async throws -> Result) async throws -> Result {
        var configuration = try PostgresConfiguration(url: url)
        configuration.pipelineConnections = 1
        configuration.transactionConnections = 4
        // What is tested is what happens, not how soon: the machine may be busy.
        configuration.connectTimeout = .seconds(30)
        configuration.acquireTimeout = .seconds(60)
        configuration.statementTimeout = .seconds(60)
        let client = PostgresClient(configuration: configuration, logger: .quiet)
        let run = Task { await client.run() }
        do {
            let result = try await body(client)
            run.cancel()
            await run.value
            return result
        } catch {
            run.cancel()
            await run.value
            throw error
        }
    }
}

extension Logger {
    /// Says nothing.
    static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
