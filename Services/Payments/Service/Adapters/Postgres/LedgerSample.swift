import Metrics
package import Postgres

/// Reads whether the ledger still adds up, for the alert: by sums, apart from the constraints that should make it so.
package struct LedgerSample: Sendable {
    /// How far one currency's books are off, in minor units.
    package struct Difference: Hashable, Sendable {
        package var currency: String
        /// The sum of all entries, which must be nothing in each layer.
        package var balance: Int64
        /// What the ledger says that the provider owes, less what the payments say.
        package var payments: Int64

        package init(currency: String, balance: Int64, payments: Int64) {
            self.currency = currency
            self.balance = balance
            self.payments = payments
        }
    }

    private let postgres: PostgresClient
    private let differences = Gauge(label: "payments_reconciliation_differences")

    package init(postgres: PostgresClient) {
        self.postgres = postgres
        // A shop without any sale shows zero and not nothing.
        for check in ["balance", "payments"] { Self.gauge(check, currency: "GBP").record(0) }
    }

    private static func gauge(_ check: String, currency: String) -> Gauge {
        Gauge(label: "payments_ledger_difference_minor_units", dimensions: [("check", check), ("currency", currency)])
    }

    /// Reads once and sets the gauges.
    package func take() async throws {
        let (ledger, provider) = try await self.read()
        for difference in ledger {
            Self.gauge("balance", currency: difference.currency).record(difference.balance)
            Self.gauge("payments", currency: difference.currency).record(difference.payments)
        }
        self.differences.record(provider)
    }

    /// The differences of every currency, in one statement for one view of the tables, and how many payments differ from
    /// the provider's books.
    package func read() async throws -> (ledger: [Difference], provider: Int64) {
        let rows = try await self.postgres.batch([
            """
            with layers as (
              select t.currency, e.layer, sum(e.amount) as total,
                sum(e.amount) filter (where e.account = 'psp-clearing' and e.layer = 0) as clearing
              from ledger_entries e join ledger_transactions t on t.id = e.transaction_id group by 1, 2
            ), ledger as (
              select currency, sum(abs(total)) as unbalanced, coalesce(sum(clearing), 0) as clearing from layers group by 1
            ), paid as (
              select currency, sum(captured - refunded) as total from payments group by 1
            )
            select currency, coalesce(l.unbalanced, 0)::bigint, abs(coalesce(l.clearing, 0) - coalesce(p.total, 0))::bigint
            from ledger l full join paid p using (currency) order by 1
            """,
            "select count(*) from reconciliation_differences where resolved_at is null",
        ])
        let ledger = try rows[0].map { row in
            let (currency, balance, payments) = try row.decode((String, Int64, Int64).self)
            return Difference(currency: currency, balance: balance, payments: payments)
        }
        return (ledger, try rows[1].first?.decode(Int64.self) ?? 0)
    }
}
