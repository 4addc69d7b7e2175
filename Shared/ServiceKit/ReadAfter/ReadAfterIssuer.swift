import Logging
public import Postgres
import Synchronization

/// Issues the tokens by which clients read their own writes.
///
/// All writes that finish at about the same time share one look at the database: each needs a position that was read
/// *after* its own commit, so it joins the next look, never the one that is under way.
public final class ReadAfterIssuer: Sendable {
    private struct State {
        var current: Task<String?, Never>?
        var next: Task<String?, Never>?
    }

    private let service: String
    private let secret: String
    private let postgres: PostgresClient
    private let state = Mutex(State())

    /// Creates an issuer.
    ///
    /// - Parameters:
    ///   - service: Whose database it is.
    ///   - secret: The key, the same for all instances.
    ///   - postgres: The database.
    public init(service: String, secret: String, postgres: PostgresClient) {
        self.service = service
        self.secret = secret
        self.postgres = postgres
    }

    /// A token for everything that was committed before this call; nil if the database does not say.
    public func token() async -> String? {
        let look = self.state.withLock { state in
            if let next = state.next { return next }
            let previous = state.current
            // Detached: it serves all who wait and must not end with the first one's request.
            let look = Task.detached {
                _ = await previous?.value
                self.begin()
                return await self.look()
            }
            state.next = look
            return look
        }
        return await look.value
    }

    /// Reads a token that came back; nil if no instance of this service has issued it.
    public func read(_ text: String) -> ReadAfterToken? {
        guard let token = ReadAfterToken(text: text, secret: self.secret), token.service == self.service else { return nil }
        return token
    }

    /// From here on newcomers need another look.
    private func begin() {
        self.state.withLock { state in
            state.current = state.next
            state.next = nil
        }
    }

    private func look() async -> String? {
        let rows = try? await self.postgres.query(
            """
            select (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::int8, substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8)
            """
        )
        guard let (position, timeline) = try? rows?.first?.decode((Int64, String).self), let epoch = UInt32(timeline, radix: 16)
        else { return nil }
        return ReadAfterToken(service: self.service, epoch: epoch, position: UInt64(position)).text(secret: self.secret)
    }
}
