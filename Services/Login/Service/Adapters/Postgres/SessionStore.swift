import Commerce
import Contracts
import Events
import FoundationEssentials
import LoginDomain
import Postgres
import ServiceKit

/// Login sessions and their refresh tokens in PostgreSQL.
struct SessionStore: Sendable {
    /// What a refresh token led to.
    enum RefreshOutcome: Sendable {
        /// - Parameter isReplay: Whether the same request was answered so before.
        case rotated(account: Account, sessionID: String, next: RefreshToken, isReplay: Bool)
        case refused
        case reused
    }

    let postgres: PostgresClient
    let outbox: Outbox
    /// How long a refresh token holds, in seconds.
    let refreshLifetime: Int64
    /// Answers a repeated refresh as the first one; nil where there is no secret for it.
    var replay: RefreshReplay?

    /// Begins a session: three statements, one round trip.
    func start(_ account: Account, addressHash: [UInt8], now: Int64) async throws -> (sessionID: String, token: RefreshToken) {
        let session = SessionID.new()
        let token = RefreshToken.random()
        try await self.postgres.withTransaction { transaction in
            transaction.enqueue(
                """
                insert into sessions (id, account_id, address_hash) values (\(session.rawValue), \(account.id), \(addressHash))
                """
            )
            transaction.enqueue(self.insert(token, sessionID: session.rawValue, now: now))
            var message = Souk_Events_V1_SessionStarted()
            message.accountID = account.id
            message.sessionID = session.rawValue
            self.outbox.append(
                [try NewEvent(message, key: session.rawValue, aggregateType: "session", aggregateVersion: 1)], in: transaction)
        }
        return (session.rawValue, token)
    }

    /// Uses a refresh token. The rows are locked, so of two uses at the same time one is the second one.
    ///
    /// - Parameter key: The request's Idempotency-Key, if it has one.
    func refresh(_ token: RefreshToken, key: String?, now: Int64) async throws -> RefreshOutcome {
        let replayKey = key.flatMap { self.replay?.hash($0) }
        let next = key.flatMap { self.replay?.next(after: token, key: $0) } ?? .random()
        return try await self.postgres.withTransaction { transaction in
            let rows = try await transaction.query(
                """
                select s.id, s.ended_at is not null, t.used_at is not null, t.expires_at,
                    coalesce(t.replay_key = \(replayKey) and t.used_at > now() - \(Double(self.replay?.window ?? 0)) * interval '1 second',
                        false),
                    a.id, a.email, a.name, a.password_hash, a.scopes
                from refresh_tokens t join sessions s on s.id = t.session_id join accounts a on a.id = s.account_id
                where t.hash = \(token.hash) for update of t, s
                """
            )
            guard let row = rows.first else { return .refused }
            let (sessionID, isOver, isUsed, expires, isRepeated, id, email, name, hash, scopes) = try row.decode(
                (String, Bool, Bool, Date, Bool, String, String, String, String, [String]).self)
            let account = Account(id: id, email: email, name: name, passwordHash: hash, scopes: scopes)
            let decision = RefreshDecision.decide(
                isUsed: isUsed, isRepeated: isRepeated, isSessionOver: isOver, expiresAt: Int64(expires.timeIntervalSince1970), now: now)
            switch decision {
            case .answerAgain:
                return .rotated(account: account, sessionID: sessionID, next: next, isReplay: true)
            case .refuse:
                return .refused
            case .endSession:
                try await self.end(sessionID, accountID: id, reason: "token_reuse", in: transaction)
                return .reused
            case .rotate:
                transaction.enqueue(
                    "update refresh_tokens set used_at = now(), replay_key = \(replayKey) where hash = \(token.hash)")
                transaction.enqueue(self.insert(next, sessionID: sessionID, now: now))
                return .rotated(account: account, sessionID: sessionID, next: next, isReplay: false)
            }
        }
    }

    /// Ends a session; does nothing if it has ended already.
    func end(_ sessionID: String, accountID: String, reason: String) async throws {
        try await self.postgres.withTransaction { try await self.end(sessionID, accountID: accountID, reason: reason, in: $0) }
    }

    /// Ends all sessions of an account.
    func endAll(of accountID: String, reason: String, in transaction: PostgresTransaction) async throws {
        let ids = try await transaction.query(
            "select id from sessions where account_id = \(accountID) and ended_at is null for update"
        ).decode(String.self)
        for id in ids { try await self.end(id, accountID: accountID, reason: reason, in: transaction) }
    }

    /// Deletes refresh tokens that ended some time ago. Used ones stay until then, so that their re-use is noticed.
    func deleteExpired(limit: Int = 5_000) async throws -> Int {
        try await self.postgres.execute(
            """
            delete from refresh_tokens where hash in
            (select hash from refresh_tokens where expires_at < now() - interval '7 days' limit \(limit))
            """
        )
    }

    private func end(_ sessionID: String, accountID: String, reason: String, in transaction: PostgresTransaction) async throws {
        let ended = try await transaction.execute(
            """
            update sessions set ended_at = now(), end_reason = \(reason)
            where id = \(sessionID) and account_id = \(accountID) and ended_at is null
            """
        )
        guard ended == 1 else { return }
        var message = Souk_Events_V1_SessionEnded()
        message.accountID = accountID
        message.sessionID = sessionID
        message.reason = reason
        self.outbox.append(
            [try NewEvent(message, key: sessionID, aggregateType: "session", aggregateVersion: 2)], in: transaction)
    }

    private func insert(_ token: RefreshToken, sessionID: String, now: Int64) -> PostgresQuery {
        let expires = Date(timeIntervalSince1970: Double(now + self.refreshLifetime))
        return "insert into refresh_tokens (hash, session_id, expires_at) values (\(token.hash), \(sessionID), \(expires))"
    }
}
