import LoginDomain
import ServiceKit

/// Logs in: e-mail and password against a pair of tokens.
///
/// An unknown e-mail and a wrong password get the same answer after the same work, so that accounts cannot be found out.
struct StartSession: Sendable {
    struct Input: Decodable, Sendable {
        var email: String
        var password: String
    }

    let accounts: AccountStore
    let sessions: SessionStore
    let hasher: any PasswordHashing
    let limiter: any AttemptLimiting
    let slowLane: SlowLane
    let issuer: TokenIssuer

    func callAsFunction(_ input: Input, clientAddress: String) async throws -> TokenPair {
        guard input.password.unicodeScalars.count <= NewPassword.allowedCharacters.upperBound else { throw Problem.invalidCredentials }
        let addressHash = LoginAttempt.addressHash(clientAddress)
        // What is no address has no account, but takes its time all the same.
        let email = try? EmailAddress(input.email)
        let found = if let email { try await self.accounts.find(email, addressHash: addressHash) } else { nil as (Account, Bool)? }
        let attempt = LoginAttempt(
            email: email?.text ?? input.email, clientAddress: clientAddress, isKnownAddress: found?.1 ?? false)
        try await self.admit(attempt)
        let fits: Bool
        do {
            fits = try await self.hasher.verify(Array(input.password.utf8), against: found?.0.passwordHash)
        } catch {
            await self.limiter.forgive(attempt)  // It was not judged.
            throw error
        }
        guard fits, let account = found?.0 else { throw Problem.invalidCredentials }
        await self.limiter.forgive(attempt)
        try await self.upgradeIfOutdated(account, password: input.password)
        let now = WallClock.seconds
        let (sessionID, refresh) = try await self.sessions.start(account, addressHash: addressHash, now: now)
        let access = try await self.issuer.accessToken(for: account, sessionID: sessionID, now: now)
        return TokenPair(access: access, expiresIn: self.issuer.lifetime, refresh: refresh, account: account)
    }

    private func admit(_ attempt: LoginAttempt) async throws {
        switch await self.limiter.begin(attempt) {
        case .allow:
            return
        case .slow:
            do {
                try await self.slowLane.pass(attempt)
            } catch {
                await self.limiter.forgive(attempt)  // It was not judged.
                throw error
            }
        case .refuse(let seconds):
            throw Problem.tooManyAttempts(retryAfter: seconds)
        }
    }

    private func upgradeIfOutdated(_ account: Account, password: String) async throws {
        guard self.hasher.isOutdated(account.passwordHash) else { return }
        try await self.accounts.upgrade(account, to: try await self.hasher.hash(Array(password.utf8)))
    }
}
