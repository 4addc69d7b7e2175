import Commerce
import HTTPTypes
package import Postgres
package import ServiceKit

/// Hands a card to the provider and keeps its token for the account.
package struct RegisterPaymentMethod: Sendable {
    private let postgres: PostgresClient
    private let gateway: any PaymentGateway
    private let idempotency: IdempotencyStore

    package init(postgres: PostgresClient, gateway: any PaymentGateway, idempotency: IdempotencyStore) {
        self.postgres = postgres
        self.gateway = gateway
        self.idempotency = idempotency
    }

    /// - Parameters:
    ///   - card: Goes to the provider and nowhere else.
    ///   - account: Whose method it becomes.
    ///   - key: The client's Idempotency-Key, if there is one.
    ///   - providerKey: The provider's Idempotency-Key, the same for the same request.
    /// - Throws: ``Problem`` 422 with the wrong field, 503 when the provider cannot be asked.
    package func callAsFunction(
        _ card: CardDetails,
        account: String,
        key: IdempotencyKey?,
        providerKey: String
    ) async throws -> StoredResponse {
        if let key, let stored = try await self.idempotency.stored(key) { return stored }
        let method = try await self.gateway.register(card, key: providerKey)
        let id = PaymentMethodID.new().rawValue
        let view = PaymentMethodView(
            id: id, brand: method.brand, last4: method.last4, expMonth: method.expMonth, expYear: method.expYear
        )
        return try await self.postgres.withTransaction { transaction in
            if let key, let stored = try await self.idempotency.claim(key, in: transaction) { return stored }
            transaction.enqueue(
                """
                insert into payment_methods (id, account_id, provider_token, brand, last4, exp_month, exp_year)
                values (\(id), \(account), \(method.id), \(method.brand), \(method.last4), \(Int16(clamping: method.expMonth)),
                  \(Int16(clamping: method.expYear)))
                """)
            let response = try StoredResponse(view, status: .created)
            if let key { try self.idempotency.store(response, for: key, in: transaction) }
            return response
        }
    }
}
