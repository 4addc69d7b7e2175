import Events
package import Postgres
import ServiceKit

/// The database of payments.
package enum PaymentsMigrations {
    /// The service's own tables and those of the modules it uses.
    package static var all: [PostgresMigration] {
        Outbox.migrations + Inbox.migrations + IdempotencyStore.migrations + [
            PostgresMigration(
                id: "V001_create_payments",
                sql: String(decoding: PackageResources.V001_create_payments_sql, as: UTF8.self)
            ),
            PostgresMigration(
                id: "V002_create_ledger",
                sql: String(decoding: PackageResources.V002_create_ledger_sql, as: UTF8.self)
            ),
            PostgresMigration(
                id: "V003_create_reconciliation",
                sql: String(decoding: PackageResources.V003_create_reconciliation_sql, as: UTF8.self)
            ),
        ]
    }
}
