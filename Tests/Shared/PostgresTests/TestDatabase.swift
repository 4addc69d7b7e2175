import Logging
import Postgres
import TestSupport
import Testing

/// A schema of its own on the real server, and clients that see it.
struct TestDatabase {
    let url: String

    /// Runs a test with a fresh schema, which is dropped afterwards.
    static func with<Result>(
        _ change: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresClient, TestDatabase) async throws -> Result
    ) async throws -> Result {
        let base = try #require(TestServers.postgres)
        let schema = "t_\(UInt64.random(in: 0...(.max)))"
        return try await Self.client(url: base) { admin in
            try await admin.execute("create schema \(unescaped: schema)")
            let separator = base.contains("?") ? "&" : "?"
            let database = TestDatabase(url: base + separator + "options=-csearch_path%3D" + schema)
            do {
                let result = try await Self.client(url: database.url, change) { try await body($0, database) }
                try await admin.execute("drop schema \(unescaped: schema) cascade")
                return result
            } catch {
                _ = try? await admin.execute("drop schema \(unescaped: schema) cascade")
                throw error
            }
        }
    }

    /// Runs another client of the same schema.
    func client<Result>(
        _ change: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresClient) async throws -> Result
    ) async throws -> Result {
        try await Self.client(url: self.url, change, body)
    }

    private static func client<Result>(
        url: String,
        _ change: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresClient) async throws -> Result
    ) async throws -> Result {
        var configuration = try PostgresConfiguration(url: url).patient
        change(&configuration)
        let client = PostgresClient(configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
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
