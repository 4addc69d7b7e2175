import PaymentsDomain
package import Postgres

/// Takes webhooks in: each event once, and only as a hint that the provider's state should be looked at.
package struct WebhookIntake: Sendable {
    private let postgres: PostgresClient
    private let wakeWorker: @Sendable () -> Void

    package init(postgres: PostgresClient, wakeWorker: @escaping @Sendable () -> Void) {
        self.postgres = postgres
        self.wakeWorker = wakeWorker
    }

    /// Writes an event down. When this returns, it is committed.
    ///
    /// A call of the payment whose outcome is unknown is made again now: with its key it gets the first answer. Where no
    /// call is open and the event does not fit our books, the provider is asked how the payment stands.
    ///
    /// - Returns: Whether the event was new.
    @discardableResult
    package func take(_ event: WebhookEvent) async throws -> Bool {
        let wakeWorker = self.wakeWorker
        return try await self.postgres.withTransaction { transaction in
            let results = try await transaction.pipeline([
                """
                insert into psp_events (id, type, provider_intent) values (\(event.id), \(event.type), \(event.data.id))
                on conflict (id) do nothing
                """,
                """
                select id, order_id, status, currency from payments
                where provider_intent = \(event.data.id) or id = \(event.data.metadata?["payment_id"])
                order by (provider_intent = \(event.data.id)) desc nulls last limit 1
                """,
                """
                update psp_calls set next_at = now() where state = 'unknown' and operation <> 'inspect'
                and payment_id = \(event.data.metadata?["payment_id"])
                """,
            ])
            guard results[0].affectedRows == 1 else { return false }
            if results[2].affectedRows > 0 { transaction.afterCommit(wakeWorker) }
            guard let row = results[1].first else { return true }
            let (id, order, status, currency) = try row.decode((String, String, String, String).self)
            guard Self.isSurprising(event, status: PaymentStatus(rawValue: status)) else { return true }
            transaction.enqueue(
                """
                insert into psp_calls (id, payment_id, order_id, operation, amount, currency, provider_intent)
                select \("inspect:" + event.id), \(id), \(order), 'inspect', 0, \(currency), \(event.data.id)
                where not exists (select from psp_calls where payment_id = \(id) and state <> 'done')
                on conflict (id) do nothing
                """)
            transaction.afterCommit(wakeWorker)
            return true
        }
    }

    /// Whether an event says something that our books do not. Late and doubled events of the past say nothing new.
    private static func isSurprising(_ event: WebhookEvent, status: PaymentStatus?) -> Bool {
        switch (event.data.status, status) {
        case ("requires_capture", .authorizing?), ("declined", .authorizing?): false
        case ("requires_capture", .declined?), ("requires_capture", nil): true
        case ("requires_capture", _): false
        case ("declined", .declined?): false
        case ("succeeded", .captured?), ("succeeded", .partiallyRefunded?), ("succeeded", .refunded?): false
        case ("canceled", .voided?): false
        default: true
        }
    }
}
