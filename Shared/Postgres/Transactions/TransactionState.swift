/// The bookkeeping of one transaction: what has been sent, what waits for the next round trip, and how it stands. Pure.
struct TransactionState: Sendable {
    /// The last statement of a finished transaction.
    enum End { case commit, rollback }

    private let begin: PostgresQuery
    private var pending: [PostgresQuery] = []
    private var afterCommit: [@Sendable () -> Void] = []
    private var isFinished = false
    private(set) var hasBegun = false
    /// Whether a caller gave up a round trip, so that nobody knows what the connection is doing.
    private(set) var isBroken = false
    /// The conflict with another transaction that doomed this one.
    private(set) var conflict: PostgresError?
    private var savepoints = 0

    init(isolation: IsolationLevel) {
        self.begin = isolation.begin
    }

    /// Whether statements wait for a round trip.
    var hasPending: Bool { !self.pending.isEmpty }

    /// Whether a statement still waits for a round trip.
    func isPending(_ sql: String) -> Bool { self.pending.contains { $0.sql == sql } }

    mutating func enqueue(_ query: PostgresQuery) {
        self.pending.append(query)
    }

    mutating func addAfterCommit(_ action: @escaping @Sendable () -> Void) {
        self.afterCommit.append(action)
    }

    /// The statements of the next round trip: BEGIN when it is the first, what was enqueued, and the new ones.
    ///
    /// - Throws: ``PostgresError`` of ``PostgresError/Code/misuse`` when the transaction is over, or 25P02 when an earlier
    ///   statement was given up, so that nobody knows what it did.
    mutating func takeRoundTrip(_ queries: [PostgresQuery]) throws -> [PostgresQuery] {
        guard !self.isFinished else { throw PostgresError(.misuse, "The transaction is over") }
        guard !self.isBroken else {
            throw PostgresError(
                .server, "A statement of the transaction was given up or lost", sqlState: .inFailedTransaction
            )
        }
        let statements = (self.hasBegun ? [] : [self.begin]) + self.pending + queries
        self.hasBegun = true
        self.pending = []
        return statements
    }

    /// What commits the transaction, or `nil` when it has done nothing. It is over from here on.
    mutating func takeCommit() throws -> [PostgresQuery]? {
        defer { self.isFinished = true }
        return self.hasBegun || self.hasPending ? try self.takeRoundTrip(["COMMIT"]) : nil
    }

    /// What rolls the transaction back, or `nil` when there is nothing to roll back or no use in trying.
    mutating func takeRollback() -> [PostgresQuery]? {
        self.isFinished = true
        self.pending = []
        return self.hasBegun && !self.isBroken ? ["ROLLBACK"] : nil
    }

    mutating func takeAfterCommit() -> [@Sendable () -> Void] {
        defer { self.afterCommit = [] }
        return self.afterCommit
    }

    /// A round trip failed.
    mutating func failed(_ error: any Error) {
        guard let error = error as? PostgresError else {
            self.isBroken = true
            return
        }
        if error.code == .timeout || error.code == .connection { self.isBroken = true }
        if error.isTransactionConflict { self.conflict = error }
    }

    // MARK: - Savepoints

    /// Where a savepoint began, to go back to.
    struct Savepoint: Sendable {
        let name: String
        fileprivate let actions: Int
    }

    mutating func beginSavepoint() -> Savepoint {
        self.savepoints += 1
        return Savepoint(name: "sp_\(self.savepoints)", actions: self.afterCommit.count)
    }

    mutating func endSavepoint() {
        self.savepoints -= 1
    }

    /// Forgets what was asked for since the savepoint.
    mutating func rollBack(to savepoint: Savepoint) {
        self.savepoints -= 1
        self.pending = []
        self.conflict = nil
        self.afterCommit.removeLast(self.afterCommit.count - savepoint.actions)
    }
}
