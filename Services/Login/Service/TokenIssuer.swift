import Auth

/// Issues access tokens.
struct TokenIssuer: Sendable {
    let keys: SigningKeys
    /// In seconds.
    let lifetime: Int64

    func accessToken(for account: Account, sessionID: String, now: Int64) async throws -> String {
        let claims = AccessClaims(
            accountID: account.id, scopes: Set(account.scopes), sessionID: sessionID, issuedAt: now, lifetime: self.lifetime)
        return try await self.keys.current().sign(claims)
    }
}
