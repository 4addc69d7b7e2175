import Postgres

extension PostgresError: ProblemSource {
    var problem: Problem {
        if self.isCommitUnknown {
            return .unavailable("Whether the request had an effect is not known; repeat it with the same Idempotency-Key.")
        }
        if self.code == .timeout || self.sqlState == .queryCanceled { return .deadlineExceeded }
        if self.isRetriable || self.isTransactionConflict || [.connection, .overloaded, .closed].contains(self.code)
            || self.sqlState == .lockNotAvailable
        {
            return .unavailable("A part that is needed is not available at the moment.")
        }
        return .internalError
    }
}
