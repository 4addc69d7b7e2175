import Logging
import Postgres

/// The services' databases, entered by a role of the operator's.
struct ShopDatabases: Sendable {
    private let configurations: [String: PostgresConfiguration]

    /// - Parameters:
    ///   - urls: Connection strings by database.
    ///   - application: Who the servers are told is there.
    /// - Throws: `PostgresError` for a connection string that is none.
    init(_ urls: [String: String], application: String) throws {
        self.configurations = try urls.mapValues { url in
            var configuration = try PostgresConfiguration(url: url)
            configuration.applicationName = application
            configuration.pipelineConnections = 1
            configuration.transactionConnections = 1
            configuration.statementTimeout = .seconds(120)
            configuration.connectTimeout = .seconds(5)
            configuration.acquireTimeout = .seconds(10)
            return configuration
        }
    }

    /// Opens the databases for as long as `body` runs.
    func opened<Result: Sendable>(_ body: ([String: PostgresClient]) async throws -> Result) async throws -> Result {
        let logger = Logger(label: "soukctl") { _ in SwiftLogNoOpLogHandler() }
        let clients = self.configurations.mapValues { PostgresClient(configuration: $0, logger: logger) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for client in clients.values { group.addTask { await client.run() } }
            defer { group.cancelAll() }
            return try await body(clients)
        }
    }
}
