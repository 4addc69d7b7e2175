import Logging
import Postgres
import ServiceLifecycle

/// Looks each second for orders whose commands were not answered in time, and sends the same commands again.
///
/// Events are never lost, so this is the second line: it brings orders on whose answer was parked or whose service
/// was away for longer than a step may take. Several instances share the work (`for update skip locked`).
struct SagaSweeper: Service {
    let postgres: PostgresClient
    let store: any OrderStore
    let runner: SagaRunner
    let logger: Logger
    var interval: Duration = .seconds(1)
    var batch = 100

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    while try await self.sweep() == self.batch {}
                } catch {
                    self.logger.warning("Sweep failed", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: self.interval)
            }
        }
    }

    /// One sweep.
    ///
    /// - Returns: How many orders were looked at.
    func sweep() async throws -> Int {
        try await self.postgres.withTransaction { transaction in
            let overdue = try await self.store.lockOverdue(limit: self.batch, in: transaction)
            for order in overdue { try await self.runner.check(order, in: transaction) }
            return overdue.count
        }
    }
}
