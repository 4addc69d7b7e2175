import HTTPTypes
import ServiceKit

extension ShopAPI {
    private struct CardInput: Encodable {
        var card: Card
    }

    /// The cards that the account has used, newest first.
    func paymentMethods(for visit: Visit) async throws -> [PaymentMethod] {
        let request = APIRequest(.get, "/v1/payment-methods?limit=20")
        let page: APIPage<PaymentMethod> = try await self.read(.payments, request, for: visit, as: .account)
        return page.items
    }

    /// Hands a card to payments.
    ///
    /// - Parameter key: The same for the same card in the same checkout.
    func addCard(_ card: Card, key: String, for visit: Visit) async throws -> PaymentMethod {
        let request = try APIRequest(.post, "/v1/payment-methods", json: CardInput(card: card)).keyed(key).patient()
        return try await self.read(.payments, request, for: visit, as: .account)
    }
}
