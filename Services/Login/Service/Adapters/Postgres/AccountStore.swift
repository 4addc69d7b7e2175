import Commerce
import Contracts
import Events
import LoginDomain
import Postgres
import ServiceKit

/// Accounts in PostgreSQL.
struct AccountStore: Sendable {
    let postgres: PostgresClient
    let outbox: Outbox

    /// The account of an e-mail address, and whether it has logged in from a network address within the last 90 days.
    func find(_ email: EmailAddress, addressHash: [UInt8]) async throws -> (account: Account, isKnownAddress: Bool)? {
        let rows = try await self.postgres.query(
            """
            select a.id, a.email, a.name, a.password_hash, a.scopes,
                exists (select from sessions s where s.account_id = a.id and s.address_hash = \(addressHash)
                        and s.created_at > now() - interval '90 days')
            from accounts a where a.email = \(email.text)
            """
        )
        guard let row = rows.first else { return nil }
        let (id, text, name, hash, scopes, isKnown) = try row.decode((String, String, String, String, [String], Bool).self)
        return (Account(id: id, email: text, name: name, passwordHash: hash, scopes: scopes), isKnown)
    }

    /// The account of an id.
    func find(id: String) async throws -> Account? {
        let rows = try await self.postgres.query(
            "select id, email, name, password_hash, scopes from accounts where id = \(id)")
        guard let row = rows.first else { return nil }
        let (id, email, name, hash, scopes) = try row.decode((String, String, String, String, [String]).self)
        return Account(id: id, email: email, name: name, passwordHash: hash, scopes: scopes)
    }

    /// Adds an account.
    ///
    /// - Returns: nil if the e-mail address is taken.
    func insert(
        email: EmailAddress, name: DisplayName, passwordHash: String, scopes: [String], in transaction: PostgresTransaction
    ) async throws -> Account? {
        let id = AccountID.new()
        let inserted = try await transaction.execute(
            """
            insert into accounts (id, email, name, password_hash, scopes)
            values (\(id.rawValue), \(email.text), \(name.text), \(passwordHash), \(scopes))
            on conflict (email) do nothing
            """
        )
        guard inserted == 1 else { return nil }
        var message = Souk_Events_V1_AccountCreated()
        message.accountID = id.rawValue
        self.outbox.append(
            [try NewEvent(message, key: id.rawValue, aggregateType: "account", aggregateVersion: 1)], in: transaction)
        return Account(id: id.rawValue, email: email.text, name: name.text, passwordHash: passwordHash, scopes: scopes)
    }

    /// Replaces a hash by a stronger one of the same password; does nothing if it was changed meanwhile.
    func upgrade(_ account: Account, to hash: String) async throws {
        try await self.postgres.execute(
            """
            update accounts set password_hash = \(hash), version = version + 1, updated_at = now()
            where id = \(account.id) and password_hash = \(account.passwordHash)
            """
        )
    }

    /// Makes an account a member of the staff with this password.
    func makeStaff(_ account: Account, passwordHash: String, in transaction: PostgresTransaction) async throws {
        try await transaction.execute(
            """
            update accounts set password_hash = \(passwordHash), scopes = \(Self.staffScopes), version = version + 1, updated_at = now()
            where id = \(account.id)
            """
        )
    }

    static let shopperScopes = ["shopper"]
    static let staffScopes = ["shopper", "staff"]
}
