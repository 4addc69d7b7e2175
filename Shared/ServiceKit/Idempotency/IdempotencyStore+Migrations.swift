public import Postgres

extension IdempotencyStore {
    /// The table; apply it beside the service's own migrations.
    public static let migrations = [
        PostgresMigration(
            id: "K001_idempotency_keys",
            sql: """
                create table idempotency_keys (
                    scope       text        not null,
                    key         text        not null,
                    fingerprint bytea       not null,
                    status      integer     not null default 0,
                    headers     jsonb       not null default '{}',
                    body        bytea       not null default '',
                    created_at  timestamptz not null default now(),
                    primary key (scope, key)
                );
                create index idempotency_keys_created_at on idempotency_keys (created_at);
                """
        )
    ]
}
