/// What went wrong between this process and PostgreSQL.
///
/// `description` names the kind, the SQLSTATE and the constraint, never values; `String(reflecting:)` has the server's words,
/// which can quote data.
public struct PostgresError: Error, Sendable, Hashable {
    /// The kind of a failure: who has to do something about it.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String { case server, connection, timeout, overloaded, closed, decoding, misuse, configuration, migration }

        private let kind: Kind

        /// The server refused a statement; see ``PostgresError/sqlState``.
        public static let server = Code(kind: .server)
        /// There is no connection, or it broke.
        public static let connection = Code(kind: .connection)
        /// The deadline passed while waiting.
        public static let timeout = Code(kind: .timeout)
        /// Too many callers wait already.
        public static let overloaded = Code(kind: .overloaded)
        /// The client has been closed.
        public static let closed = Code(kind: .closed)
        /// A value is not of the type that was asked for.
        public static let decoding = Code(kind: .decoding)
        /// The caller broke a rule of this API.
        public static let misuse = Code(kind: .misuse)
        /// A setting makes no sense.
        public static let configuration = Code(kind: .configuration)
        /// A migration that was applied has changed since, or is unknown.
        public static let migration = Code(kind: .migration)

        public var description: String { self.kind.rawValue }
    }

    /// The kind of failure.
    public var code: Code
    /// The server's outcome, for ``Code/server`` and for connections that the server ended.
    public var sqlState: SQLState?
    /// A sentence for a log. The server's may quote data.
    public var message: String
    /// The server's further explanation. Quotes data.
    public var detail: String?
    /// The constraint that was violated.
    public var constraint: String?
    /// The table the failure is about.
    public var table: String?
    /// The column the failure is about.
    public var column: String?
    /// Whether a write may or may not have happened: the answer was lost, not the request. Only repeat what is idempotent.
    public var isCommitUnknown: Bool

    /// A failure found on this side.
    public init(_ code: Code, _ message: String, sqlState: SQLState? = nil, isCommitUnknown: Bool = false) {
        self.code = code
        self.message = message
        self.sqlState = sqlState
        self.isCommitUnknown = isCommitUnknown
    }

    /// Whether the same work may succeed when it is done again from its beginning, and was certainly not done already.
    public var isRetriable: Bool {
        guard !self.isCommitUnknown else { return false }
        if self.code == .connection || self.code == .overloaded { return true }
        return self.isTransactionConflict || self.sqlState == .lockNotAvailable || self.sqlState?.classCode == "57"
            || self.sqlState?.classCode == "53"
    }

    /// Whether the transaction lost against another one and should run again: 40001 and 40P01.
    public var isTransactionConflict: Bool {
        self.sqlState == .serializationFailure || self.sqlState == .deadlockDetected
    }

    /// Whether a row with this key exists already.
    public var isUniqueViolation: Bool { self.sqlState == .uniqueViolation }

    /// The same failure for a caller whose statement was on its way when it happened.
    func withUnknownCommit() -> PostgresError {
        var copy = self
        copy.isCommitUnknown = true
        return copy
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        var text = "PostgresError(\(self.code)"
        if let state = self.sqlState { text += ", \(state)" }
        if let constraint = self.constraint { text += ", constraint \(constraint)" }
        if self.isCommitUnknown { text += ", commit unknown" }
        return text + ")"
    }

    public var debugDescription: String {
        var text = self.description + ": " + self.message
        if let detail = self.detail { text += " (\(detail))" }
        return text
    }
}
