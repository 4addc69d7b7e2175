import Metrics
import Resilience

extension PostgresClient {
    /// Runs `body` in a transaction: it is committed when `body` returns and rolled back when it throws.
    ///
    /// A transaction that loses against another one (40001, 40P01) is run again from its beginning, after a short random pause:
    /// `body` must have no effects but those on the database, and must not catch such failures. Nothing else is repeated.
    ///
    /// When `body` catches a failed statement and returns all the same, COMMIT cannot commit: that is thrown as 25P02.
    /// A statement that is cancelled or late is cancelled at the server too, and its connection is not used again.
    ///
    /// - Parameters:
    ///   - isolation: Defaults to ``IsolationLevel/readCommitted``.
    ///   - retries: How often the transaction may be run again. Defaults to 3.
    ///   - body: The work. It gets a new ``PostgresTransaction`` each time, which must not outlive it.
    /// - Returns: What `body` returns.
    /// - Throws: ``PostgresError``, `CancellationError`, or what `body` throws. With ``PostgresError/isCommitUnknown`` the
    ///   transaction may have been committed.
    public func withTransaction<Result>(
        isolation: IsolationLevel = .readCommitted,
        retries: Int = 3,
        _ body: (PostgresTransaction) async throws -> Result
    ) async throws -> Result {
        var attempt = 0
        while true {
            let transaction = PostgresTransaction(client: self, lease: try await self.lease(), isolation: isolation)
            let start = ContinuousClock.now
            defer { self.metrics.transactionDuration.recordNanoseconds(start.duration(to: .now).nanoseconds) }
            do {
                let result = try await body(transaction)
                try await transaction.commit()
                return result
            } catch {
                await transaction.rollback()
                let isConflict = transaction.conflict != nil || (error as? PostgresError)?.isTransactionConflict == true
                guard isConflict, attempt < retries else { throw error }
                attempt += 1
                self.metrics.transactionRetries.increment()
                try await self.pauseBeforeRetry(attempt, because: error)
            }
        }
    }

    private func lease() async throws -> Int {
        let deadline = try self.deadline(from: .now, unless: .zero)
        let reply = Reply<Int>()
        self.engine.onLoop { $0.lease(reply, until: deadline) }
        do {
            return try await reply.wait()
        } catch {
            if error is CancellationError { self.engine.onLoop { $0.abandon(reply) } }
            throw error
        }
    }

    /// Up to 5 ms before the first retry, doubling: long enough for the winner to finish.
    private func pauseBeforeRetry(_ attempt: Int, because error: any Error) async throws {
        let ceiling = 5_000 << min(attempt - 1, 6)
        let pause = Duration.microseconds(Int.random(in: 0...ceiling))
        if let deadline = CallScope.current.deadline, deadline.remaining < pause { throw error }
        try await Task.sleep(for: pause)
    }
}
