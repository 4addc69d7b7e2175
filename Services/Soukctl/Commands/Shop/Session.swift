import Synchronization

/// Somebody who is logged in, and stays so: tokens are renewed before they expire and after a 401.
///
/// Used by one task at a time per shopper; the staff's session is shared, and then two renewals in a row are harmless
/// because a failed renewal falls back to the password.
package final class Session: Sendable {
    private struct State {
        var accessToken: String
        var refreshToken: String
        var renewAt: ContinuousClock.Instant
    }

    private let client: ShopClient
    private let email: String
    private let password: String
    private let state = Mutex<State?>(nil)

    package init(client: ShopClient, email: String, password: String) {
        self.client = client
        self.email = email
        self.password = password
    }

    /// What this person and others have been answered.
    package var tally: ShopTally { self.client.tally }

    /// Logs in with the password.
    ///
    /// - Returns: The answer when the shop refuses, `nil` when it worked.
    package func logIn() async throws -> ShopAnswer? {
        if case .refused(let answer) = try await self.logInWithPassword() { return answer }
        return nil
    }

    /// Sends a request as this person.
    package func send(_ request: ShopRequest) async throws -> ShopAnswer {
        let token = try await self.validToken()
        let answer = try await self.client.send(request.adding("Authorization", "Bearer \(token)"))
        guard answer.status == 401 else { return answer }
        let renewed = try await self.renewedToken()
        return try await self.client.send(request.adding("Authorization", "Bearer \(renewed)"))
    }

    private func validToken() async throws -> String {
        if let state = self.state.withLock({ $0 }), state.renewAt > .now { return state.accessToken }
        return try await self.renewedToken()
    }

    /// A refresh token works once. When it is refused (or was used by an answer that got lost), the password helps.
    private func renewedToken() async throws -> String {
        if let refreshToken = self.state.withLock({ state -> String? in
            defer { state = nil }
            return state?.refreshToken
        }) {
            let request = try ShopRequest("POST", "/v1/tokens", json: ShopMessages.Refresh(refreshToken: refreshToken))
            let answer = try await self.client.send(request)
            if answer.status == 201 { return self.keep(try answer.decode(of: request)) }
        }
        switch try await self.logInWithPassword() {
        case .token(let token): return token
        case .refused(let answer):
            throw SoukctlError(.unexpectedAnswer, answer.summary(of: ShopRequest("POST", "/v1/sessions")))
        }
    }

    private enum LoginResult {
        case token(String)
        case refused(ShopAnswer)
    }

    private func logInWithPassword() async throws -> LoginResult {
        let login = ShopMessages.Login(email: self.email, password: self.password)
        let request = try ShopRequest("POST", "/v1/sessions", json: login)
        let answer = try await self.client.send(request)
        guard answer.status == 201 else { return .refused(answer) }
        return .token(self.keep(try answer.decode(of: request)))
    }

    private func keep(_ tokens: ShopMessages.Tokens) -> String {
        // A minute early, or at half time for tokens that live shorter than two minutes.
        let lifetime = max(tokens.expiresIn - 60, tokens.expiresIn / 2)
        let state = State(
            accessToken: tokens.accessToken,
            refreshToken: tokens.refreshToken,
            renewAt: .now + .seconds(lifetime)
        )
        self.state.withLock { $0 = state }
        return tokens.accessToken
    }
}
