import Commerce
package import PaymentsDomain
package import Postgres

/// The calls in PostgreSQL. Several instances share them: a claimed row is passed over by the others until its lease ends.
package struct PostgresCallQueue: CallQueue {
    private let postgres: PostgresClient
    private let processor: CommandProcessor

    package init(postgres: PostgresClient, processor: CommandProcessor) {
        self.postgres = postgres
        self.processor = processor
    }

    package func claim(limit: Int, lease: Duration) async throws -> [ProviderCall] {
        let rows = try await self.postgres.query(
            """
            with due as (
              select id from psp_calls where state <> 'done' and next_at <= now()
              order by next_at limit \(Int64(limit)) for update skip locked
            )
            update psp_calls c set state = 'calling', attempts = c.attempts + 1,
              next_at = now() + make_interval(secs => \(lease.secondsAsDouble))
            from due where c.id = due.id
            returning c.id, c.payment_id, c.order_id, c.operation, c.amount, c.currency, c.refund_id, c.provider_token,
              c.provider_intent, c.attempts, c.traceparent
            """)
        return try rows.map(Self.call)
    }

    package func settle(_ call: ProviderCall, _ operation: ProviderOperation, _ answer: GatewayAnswer) async throws {
        try await self.postgres.withTransaction { transaction in
            try await self.processor.settle(call, operation, answer, in: transaction)
        }
    }

    package func inspected(_ call: ProviderCall, _ view: ProviderView?) async throws {
        try await self.postgres.withTransaction { transaction in
            try await self.processor.inspected(call, view, in: transaction)
        }
    }

    package func postpone(_ call: ProviderCall, by delay: Duration, reason: String) async throws {
        try await self.postgres.execute(
            """
            update psp_calls set state = 'unknown', next_at = now() + make_interval(secs => \(delay.secondsAsDouble)),
              last_error = \(reason)
            where id = \(call.id) and state <> 'done'
            """)
    }

    package func backlog() async throws -> (open: Int, oldestSeconds: Double) {
        let rows = try await self.postgres.query(
            """
            select count(*), coalesce(extract(epoch from now() - min(created_at)), 0)::float8 from psp_calls where state <> 'done'
            """)
        guard let (open, age) = try rows.first?.decode((Int64, Double).self) else { return (0, 0) }
        return (Int(open), age)
    }

    private static func call(_ row: PostgresRow) throws -> ProviderCall {
        let (id, payment, order, operation, amount, currency, refund, token, intent, attempts, trace) = try row.decode(
            (String, String, String, String, Int64, String, String?, String?, String?, Int32, String?).self
        )
        return ProviderCall(
            id: id,
            kind: ProviderOperation(rawValue: operation).map { .money($0) } ?? .inspect,
            paymentID: payment,
            orderID: order,
            amount: Money(amount: amount, currency: try Currency(currency)),
            refundID: try refund.map { try RefundID($0) },
            providerToken: token,
            providerIntent: intent,
            attempt: Int(attempts),
            traceparent: trace
        )
    }
}

extension Duration {
    /// For PostgreSQL's intervals.
    var secondsAsDouble: Double {
        let (seconds, attoseconds) = self.components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
