import Logging
public import Postgres

extension ServiceHost {
    /// The service's own database, read from `DATABASE_URL`. Its migrations are applied before this returns, unless
    /// `DATABASE_MIGRATE` is false. The process is ready only while the database answers.
    ///
    /// - Parameter migrations: The service's own, the outbox's, the inbox's, the idempotency keys'.
    /// - Throws: ``ConfigurationError`` for an unusable URL; `PostgresError` if a migration fails, or if the database was
    ///   not there within a minute.
    public func postgres(migrations: [PostgresMigration]) async throws -> PostgresClient {
        let configuration = try self.postgresConfiguration()
        if try self.settings.value(DataSettings.databaseMigrate) {
            try await self.migrate(migrations, configuration)
        }
        let client = PostgresClient(configuration: configuration, logger: self.logger)
        self.run { await client.run() }
        if let secret = try self.settings.optional(DataSettings.readAfterSecret) {
            guard secret.utf8.count >= 16 else {
                throw ConfigurationError("READ_AFTER_SECRET is too short. It must be \(DataSettings.readAfterSecret.expectation).")
            }
            self.readAfter = ReadAfterIssuer(service: self.name, secret: secret, postgres: client)
        }
        self.onReady("postgres") { _ = try await client.query("select 1") }
        return client
    }

    private func postgresConfiguration() throws -> PostgresConfiguration {
        do {
            var configuration = try PostgresConfiguration(url: self.settings.value(DataSettings.databaseURL))
            configuration.applicationName = "\(self.name)/\(self.instance)"
            return configuration
        } catch let error as PostgresError {
            throw ConfigurationError("\(DataSettings.databaseURL.name) cannot be used: \(error)")
        }
    }

    /// Services and databases start in any order, so a database that is not there yet is waited for.
    private func migrate(_ migrations: [PostgresMigration], _ configuration: PostgresConfiguration) async throws {
        let client = PostgresClient(configuration: configuration, logger: self.logger)
        let migrator = PostgresMigrator(client: client, logger: self.logger)
        let end = ContinuousClock.now + .seconds(60)
        let logger = self.logger
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await client.run() }
            defer { group.cancelAll() }
            while true {
                do {
                    return try await migrator.apply(migrations)
                } catch let error as PostgresError where error.isRetriable && ContinuousClock.now < end {
                    logger.warning("The database is not there yet", metadata: ["reason": "\(error)"])
                    try await Task.sleep(for: .milliseconds(500))
                }
            }
        }
    }
}
