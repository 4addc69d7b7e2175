import Postgres

/// Looks for orders whose commands were not answered in time, and sends the same commands again.
///
/// Events are never lost, so this is the second line: it brings orders on whose answer was parked or whose service
/// was away for longer than a step may take. Several instances share the work (`for update skip locked`).
struct SagaSweeper: Sendable {
    let postgres: PostgresClient
    let store: any OrderStore
    let runner: SagaRunner
    var batch = 100

    /// One sweep, in transactions of a batch each, until nothing is overdue.
    func sweep() async throws {
        while try await self.sweepBatch() == self.batch {}
    }

    /// - Returns: How many orders were looked at.
    private func sweepBatch() async throws -> Int {
        try await self.postgres.withTransaction { transaction in
            let overdue = try await self.store.lockOverdue(limit: self.batch, in: transaction)
            for order in overdue { try await self.runner.check(order, in: transaction) }
            return overdue.count
        }
    }
}
