import HTTPTypes
public import Postgres

/// Answers by Idempotency-Key, kept in the service's own database for a day.
///
/// The row is written in the handler's own transaction: either the work and its answer exist, or neither. Two requests
/// with one key meet at the row's primary key: the second one waits for the first one's commit and then gives the same
/// answer, or does the work itself if the first one rolled back. So nothing is ever half done, and no lease has to be
/// guessed.
public struct IdempotencyStore: Sendable {
    /// How long a request waits for its running twin.
    public static let twinTimeout = Duration.seconds(2)

    private let postgres: PostgresClient

    /// Creates a store in the service's database.
    public init(postgres: PostgresClient) {
        self.postgres = postgres
    }

    /// The whole of it: looks for a stored answer, else claims the key, does the work and stores its answer, in one
    /// transaction.
    ///
    /// - Parameters:
    ///   - key: The key; nil does the work without one.
    ///   - work: Runs in the transaction and gives the answer to be stored. An error it throws rolls all back, and
    ///     nothing is stored.
    /// - Throws: What the work throws; a ``Problem``: 422 if the key was used for something else, 409 if its twin is still
    ///   running.
    public func run(
        _ key: IdempotencyKey?,
        _ work: (PostgresTransaction) async throws -> StoredResponse
    ) async throws -> StoredResponse {
        if let key, let stored = try await self.stored(key) { return stored }
        return try await self.postgres.withTransaction { transaction in
            if let key, let stored = try await self.claim(key, in: transaction) { return stored }
            let response = try await work(transaction)
            if let key { try self.store(response, for: key, in: transaction) }
            return response
        }
    }

    /// A quick look before any work, outside a transaction.
    ///
    /// - Throws: A ``Problem`` 422 if the key was used for something else.
    public func stored(_ key: IdempotencyKey) async throws -> StoredResponse? {
        try await self.read(self.postgres.query(Self.select(key)), key)
    }

    /// Claims the key, as the first statement of the transaction that does the work.
    ///
    /// - Returns: nil if the key is ours now; else the answer of the request that had it before.
    /// - Throws: A ``Problem``: 422 if the key was used for something else, 409 with `Retry-After` if its twin is still
    ///   running after ``twinTimeout``.
    public func claim(_ key: IdempotencyKey, in transaction: PostgresTransaction) async throws -> StoredResponse? {
        let timeout = "\(Self.twinTimeout.components.seconds)s"
        let results: [PostgresRows]
        do {
            results = try await transaction.pipeline([
                "select set_config('lock_timeout', \(timeout), true)",
                """
                insert into idempotency_keys (scope, key, fingerprint) values (\(key.scope), \(key.key), \(key.fingerprint))
                on conflict do nothing
                """,
                Self.select(key),
                "select set_config('lock_timeout', '0', true)",
            ])
        } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
            throw Problem(
                .conflict, type: "request-in-progress", detail: "The first request with this Idempotency-Key is still running.",
                headers: [.retryAfter: "1"])
        }
        if results[1].affectedRows == 1 { return nil }
        return try self.read(results[2], key)
    }

    /// Stores the answer. The statement rides with the commit.
    public func store(_ response: StoredResponse, for key: IdempotencyKey, in transaction: PostgresTransaction) throws {
        let headers = try PostgresJSON(encoding: response.headers)
        transaction.enqueue(
            """
            update idempotency_keys set status = \(Int32(response.status)), headers = \(headers), body = \(response.body)
            where scope = \(key.scope) and key = \(key.key)
            """
        )
    }

    /// Deletes answers that are older than a day.
    ///
    /// - Parameter limit: The most that one call deletes, to keep it short.
    /// - Returns: How many were deleted.
    public func purge(limit: Int = 5_000) async throws -> Int {
        try await self.postgres.execute(
            """
            delete from idempotency_keys where ctid in
            (select ctid from idempotency_keys where created_at < now() - interval '24 hours' limit \(limit))
            """
        )
    }

    private static func select(_ key: IdempotencyKey) -> PostgresQuery {
        """
        select fingerprint, status, headers, body from idempotency_keys
        where scope = \(key.scope) and key = \(key.key)
        """
    }

    private func read(_ rows: PostgresRows, _ key: IdempotencyKey) throws -> StoredResponse? {
        guard let row = rows.first else { return nil }
        let (fingerprint, status, headers, body) = try row.decode(([UInt8], Int32, PostgresJSON, [UInt8]).self)
        guard fingerprint == key.fingerprint else {
            throw Problem(
                .unprocessableContent, type: "idempotency-key-reused", title: "Idempotency-Key reused",
                detail: "This Idempotency-Key was used for another request. Use a new one.")
        }
        var response = StoredResponse(status: Int(status), headers: try headers.decode([String: String].self), body: body)
        response.isReplay = true
        return response
    }
}
