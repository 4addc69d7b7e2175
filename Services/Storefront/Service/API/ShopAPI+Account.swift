import HTTPTypes
import ServiceKit

extension ShopAPI {
    private struct Credentials: Encodable {
        var email: String
        var password: String
    }

    private struct NewAccount: Encodable {
        var email: String
        var password: String
        var name: String
    }

    /// Makes an account.
    func register(email: String, password: String, name: String, for visit: Visit) async throws {
        let request = try APIRequest(.post, "/v1/accounts", json: NewAccount(email: email, password: password, name: name))
        _ = try await self.call(.login, request, for: visit, as: .anybody)
    }

    /// Logs in. The guest's cart is merged if the cart can be reached; else it is merged later.
    func logIn(email: String, password: String, for visit: Visit) async throws {
        let request = try APIRequest(.post, "/v1/sessions", json: Credentials(email: email, password: password))
        let pair: TokenPair = try await self.read(.login, request, for: visit, as: .anybody)
        visit.update { $0.logIn(pair, now: Clock.now) }
        do {
            if visit.session.guestCart != nil {
                try await self.mergeGuestCart(for: visit)
            } else {
                _ = try await self.cart(for: visit)
            }
        } catch is APIFailure {
            // The cart's page merges it when the cart is back.
        }
    }

    /// Ends the login. The browser forgets it whatever login says.
    func logOut(for visit: Visit) async {
        if visit.session.login != nil {
            _ = try? await self.call(.login, APIRequest(.delete, "/v1/sessions/current"), for: visit, as: .account)
        }
        visit.update { $0.logOut() }
    }

    /// The account as login has it now.
    func account(for visit: Visit) async throws -> Account {
        try await self.read(.login, APIRequest(.get, "/v1/accounts/me"), for: visit, as: .account)
    }
}
