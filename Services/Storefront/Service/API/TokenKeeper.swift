import HTTPTypes
import Resilience
import ServiceKit

/// Keeps the visitor's access token fresh, without the visitor's noticing.
///
/// A refresh token is good for one use, and a browser makes several requests at once, over any instances. So:
///
/// - Requests of this process that show the same token share one renewal.
/// - Requests at other instances, and requests whose answer with the new cookie never arrived, show the old token again.
///   An Idempotency-Key travels beside the token in the sealed session, so every instance sends the same one, and login
///   answers each of them as it answered the first, for a short while. Whoever has only the token does not know the key.
struct TokenKeeper: Sendable {
    /// A token that ends within this time is renewed before it is used, in seconds.
    static let margin: Int64 = 60

    private struct Input: Encodable {
        var refresh_token: String
    }

    private let client: ServiceClient
    private let flights = SingleFlight<String, TokenPair>()

    init(client: ServiceClient) {
        self.client = client
    }

    /// A token that will be good for a while, or nil if nobody is logged in.
    ///
    /// - Throws: ``APIFailure``: `loggedOut` when login says that it is over, `unavailable` when it does not answer and
    ///   the old token has ended.
    func accessToken(for visit: Visit) async throws -> String? {
        guard let login = visit.session.login else { return nil }
        let left = login.accessExpires - Clock.now
        guard left < Self.margin else { return login.accessToken }
        do {
            try await self.renew(for: visit)
        } catch let failure as APIFailure where failure.isUnavailable && left > 5 {
            // Login is away, and the token is still good: nobody need know.
            return login.accessToken
        }
        return visit.session.login?.accessToken
    }

    /// Changes the refresh token into the next pair.
    func renew(for visit: Visit) async throws {
        guard let login = visit.session.login else { throw APIFailure.loggedOut }
        let old = login.refreshToken
        do {
            let pair = try await self.flights.run(old) { try await self.fetch(old, key: login.refreshKey, visit.clientAddress) }
            visit.update { session in
                // Parts of a page fetched at the same time all come here; the first one has done it.
                if session.login?.refreshToken == old { session.keep(pair, now: Clock.now) }
            }
        } catch APIFailure.loggedOut {
            visit.update { $0.logOut() }
            throw APIFailure.loggedOut
        }
    }

    private func fetch(_ token: String, key: String, _ address: String) async throws -> TokenPair {
        var request = try APIRequest(.post, "/v1/tokens", json: Input(refresh_token: token)).keyed(key)
        request.headers[.accept] = "application/json"
        request.headers[.forwardedFor] = address
        let answer = try await self.client.answer(to: request)
        if answer.isSuccess, let pair = try? answer.decode(TokenPair.self) { return pair }
        if [400, 401, 422].contains(answer.status) { throw APIFailure.loggedOut }
        throw APIFailure.unavailable(.login, retryAfter: answer.retryAfter)
    }
}
