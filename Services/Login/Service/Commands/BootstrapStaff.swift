import Logging
import LoginDomain
import Postgres
import ServiceKit

/// Makes sure that there is a member of the staff with the configured password. Doing it again changes nothing.
struct BootstrapStaff: Sendable {
    let accounts: AccountStore
    let sessions: SessionStore
    let hasher: any PasswordHashing
    let logger: Logger

    func callAsFunction(email text: String, password passwordText: String) async throws {
        let email: EmailAddress
        let password: NewPassword
        do throws(LoginRuleViolation) {
            email = try EmailAddress(text)
            password = try NewPassword(passwordText)
        } catch {
            throw ConfigurationError("STAFF_\(error.field.uppercased()) cannot be used: it \(error.reason).")
        }
        if let account = try await self.accounts.find(email, addressHash: [])?.account,
            account.scopes.contains("staff"), try await self.hasher.verify(password.bytes, against: account.passwordHash)
        {
            return
        }
        let hash = try await self.hasher.hash(password.bytes)
        try await self.accounts.postgres.withTransaction { transaction in
            let name = try DisplayName("Staff")
            let new = try await self.accounts.insert(
                email: email, name: name, passwordHash: hash, scopes: AccountStore.staffScopes, in: transaction)
            if new != nil { return }
            // Somebody else may have registered the address first: what they hold ends here.
            guard let account = try await self.accounts.find(email, addressHash: [])?.account else { return }
            try await self.accounts.makeStaff(account, passwordHash: hash, in: transaction)
            try await self.sessions.endAll(of: account.id, reason: "password_changed", in: transaction)
        }
        self.logger.notice("The staff account was made or changed")
    }
}
