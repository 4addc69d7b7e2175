import Readiness

/// The statements between two syncs of a pipeline: one round trip, and one implicit transaction unless an explicit one is open.
///
/// It belongs to the loop's thread, from its submission to its sync or the loss of its connection.
final class Exchange {
    /// One thing sent, for which the server sends one group of results.
    enum Step {
        case prepare(StatementCache.Key, name: String)
        case execute(statement: Int)
        case housekeeping
    }

    let statements: [PostgresQuery]
    let reply: Reply<[PostgresRows]>
    /// Whether its end may be a commit, so that losing the answer leaves the outcome unknown.
    let commits: Bool
    /// Whether it may be sent again when the server turns out to have forgotten a prepared statement.
    var mayResend: Bool
    var timer: LoopTimer?
    private(set) var isSent = false

    private var steps: [Step] = []
    private var position = 0
    private var stepFailed = false
    private var syncFailed = false
    private var results: [PostgresRows] = []
    private(set) var failure: PostgresError?
    /// The statement that failed.
    private(set) var failedStatement: Int?

    init(statements: [PostgresQuery], reply: Reply<[PostgresRows]>, commits: Bool, mayResend: Bool) {
        self.statements = statements
        self.reply = reply
        self.commits = commits
        self.mayResend = mayResend
    }

    // MARK: - Sending

    func add(_ step: Step) {
        self.steps.append(step)
    }

    func markSent() {
        self.isSent = true
        self.results.reserveCapacity(self.statements.count)
    }

    /// Makes it as if it had never been sent.
    func reset() {
        self.isSent = false
        self.mayResend = false
        self.steps = []
        self.position = 0
        self.stepFailed = false
        self.syncFailed = false
        self.results = []
        self.failure = nil
        self.failedStatement = nil
    }

    // MARK: - Receiving

    func receive(_ result: ResultStorage) {
        guard self.position < self.steps.count, case .execute = self.steps[self.position] else { return }
        self.results.append(PostgresRows(storage: result))
    }

    /// - Parameter error: `nil` for a step that was skipped because of an earlier failure.
    func receiveFailure(_ error: PostgresError?) {
        if self.position < self.steps.count { self.stepFailed = true } else { self.syncFailed = true }
        guard self.failure == nil, let error else { return }
        self.failure = error
        switch self.steps.indices.contains(self.position) ? self.steps[self.position] : .housekeeping {
        case .execute(let statement): self.failedStatement = statement
        case .prepare, .housekeeping: break
        }
    }

    /// The results of one step are complete.
    ///
    /// - Returns: The step and whether it failed; `nil` when no step was outstanding.
    func finishStep() -> (step: Step, failed: Bool)? {
        guard self.position < self.steps.count else { return nil }
        defer {
            self.position += 1
            self.stepFailed = false
        }
        return (self.steps[self.position], self.stepFailed)
    }

    /// The failure of the sync itself is complete: all statements were answered, and then the server could not commit them.
    ///
    /// - Returns: Whether there was one.
    func finishFailedSync() -> Bool {
        defer { self.syncFailed = false }
        return self.syncFailed
    }

    // MARK: - Answering

    /// The sync came: the outcome is certain.
    func complete() {
        self.timer?.cancel()
        if let failure = self.failure {
            self.reply.fail(failure)
        } else if self.results.count == self.statements.count {
            self.reply.succeed(self.results)
        } else {
            self.reply.fail(PostgresError(.connection, "The server skipped a statement", isCommitUnknown: self.commits))
        }
    }

    /// The connection is gone, or there is none.
    func abandon(_ error: PostgresError) {
        self.timer?.cancel()
        self.reply.fail(self.isSent && self.commits ? error.withUnknownCommit() : error)
    }
}
