"""PostgreSQL, Redis and the caches, as the services see them and as the servers see themselves."""

from grafana import SERVICE, Dashboard, lines, number

OF = '{service=~"$service"'
RATE = "[$__rate_interval]"


def quantile(share: float, metric: str) -> str:
    return f"histogram_quantile({share}, sum by (service, le) (rate({metric}_bucket{OF}}}{RATE})))"


DASHBOARD = Dashboard(
    uid="souk-data",
    title="Souk 3: data",
    description="PostgreSQL, its standby, Redis and the caches.",
    variables=[SERVICE],
    rows=[
        ("Now", [
            number("Primary", "short", "count(souk_pg_in_recovery == 0) or vector(0)", warn=1, bad=0.5,
                   help="PostgreSQL servers that take writes: exactly one."),
            number("Standbys", "short", "postgres:standbys:count", warn=1, bad=0.5, help="Servers that stream from the primary."),
            number("Replica lag", "s", "postgres:standby_lag_seconds:max", warn=5, bad=30,
                   help="Age of the last transaction that the slowest standby has replayed, while there is more to replay."),
            number("Lag in bytes", "bytes", "postgres:standby_lag_bytes:max", warn=16e6, bad=256e6),
            number("Cache hits", "percentunit",
                   'sum(rate(cache_requests_total{result!="miss"}[5m])) / sum(rate(cache_requests_total[5m]))',
                   warn=0.8, bad=0.5, maximum=1),
            number("Waiting for a connection", "short", "sum(postgres_pool_waiting)", warn=1, bad=10),
        ]),
        ("PostgreSQL as the services see it", [
            lines("Connections in use", "short",
                  ("sum by (client) (postgres_pool_in_use" + OF + "})", "{{client}}"),
                  ("max(postgres_pool_limit" + OF + "})", "most for one instance"),
                  help="Connections that transactions hold. Single statements share other ones by pipelining."),
            lines("Callers that wait for one", "short",
                  ("sum by (client) (postgres_pool_waiting" + OF + "})", "{{client}}"), warn=1),
            lines("Wait for a connection, 99 %", "s", (quantile(0.99, "postgres_pool_wait_seconds"), "{{service}}")),
            lines("Round trip of a statement", "s",
                  (quantile(0.5, "postgres_query_duration_seconds"), "{{service}}, half"),
                  (quantile(0.99, "postgres_query_duration_seconds"), "{{service}}, 99 %")),
            lines("Transaction, 99 %", "s", (quantile(0.99, "postgres_transaction_duration_seconds"), "{{service}}")),
            lines("What went wrong", "ops",
                  ("sum by (service) (rate(postgres_queries_failed_total" + OF + "}" + RATE + "))", "{{service}} failed"),
                  ("sum by (service) (rate(postgres_transaction_retries_total" + OF + "}" + RATE + "))", "{{service}} tried again"),
                  ("sum by (service) (rate(postgres_connections_lost_total" + OF + "}" + RATE + "))", "{{service}} connections lost")),
        ]),
        ("PostgreSQL as it sees itself", [
            lines("Transactions", "ops",
                  ('sum by (datname) (rate(pg_stat_database_xact_commit{datname!~"template.*|postgres|"}' + RATE + "))", "{{datname}}"), stacked=True),
            lines("Replication", "bytes",
                  ("max by (standby) (souk_pg_standby_lag_bytes)", "{{standby}} behind"),
                  ("max by (slot) (souk_pg_slot_retained_bytes)", "log kept for {{slot}}"),
                  help="What a standby has not replayed, and the log that the primary keeps for its slot."),
            lines("Connections", "short",
                  ("sum by (server) (souk_pg_connections)", "{{server}}"), ("max(souk_pg_max_connections)", "limit")),
            lines("Rows read from memory", "percentunit",
                  ('sum by (datname) (rate(pg_stat_database_blks_hit{datname!~"template.*|postgres|"}' + RATE + "))\n"
                   '/ (sum by (datname) (rate(pg_stat_database_blks_hit{datname!~"template.*|postgres|"}' + RATE + "))"
                   ' + sum by (datname) (rate(pg_stat_database_blks_read{datname!~"template.*|postgres|"}' + RATE + ")))",
                   "{{datname}}"), maximum=1),
            lines("Deadlocks and conflicts", "ops",
                  ("sum by (server) (rate(pg_stat_database_deadlocks" + RATE + "))", "{{server}} deadlocks"),
                  ("sum by (server) (rate(pg_stat_database_conflicts" + RATE + "))", "{{server}} conflicts")),
            lines("Size", "bytes",
                  ('max by (datname) (souk_pg_database_size_bytes{datname!="postgres"})', "{{datname}}"), stacked=True),
        ]),
        ("Caches", [
            lines("Hits", "percentunit", ("cache:hits:ratio5m", "{{cache}}"), maximum=1, warn=0.5),
            lines("Answers", "ops", ("sum by (cache, result) (rate(cache_requests_total" + RATE + "))", "{{cache}} {{result}}"), stacked=True,
                  help="early: refreshed before it expired. stale: the source failed. negative: known not to be there."),
            lines("Loads and failures", "ops",
                  ("sum by (cache) (rate(cache_load_duration_seconds_count" + RATE + "))", "{{cache}} loaded"),
                  ("sum by (cache) (rate(cache_errors_total" + RATE + "))", "{{cache}} Redis failed"),
                  ("sum by (cache) (rate(cache_stores_outdated_total" + RATE + "))", "{{cache}} store was outdated")),
        ]),
        ("Redis", [
            lines("Command as the services see it, 99 %", "s", (quantile(0.99, "redis_command_duration_seconds"), "{{service}}")),
            lines("Commands", "ops", ("sum by (instance) (rate(redis_commands_processed_total" + RATE + "))", "{{instance}}")),
            lines("Memory", "bytes", ("redis_memory_used_bytes", "{{instance}}"), ("redis_memory_max_bytes", "{{instance}} limit"),
                  help="redis-cache drops the least used at its limit; redis-log refuses to grow beyond its own."),
            lines("Evicted and expired", "ops",
                  ("sum by (instance) (rate(redis_evicted_keys_total" + RATE + "))", "{{instance}} evicted"),
                  ("sum by (instance) (rate(redis_expired_keys_total" + RATE + "))", "{{instance}} expired")),
            lines("Clients", "short", ("redis_connected_clients", "{{instance}}")),
            lines("Failures at the services", "ops",
                  ("sum by (service) (rate(redis_command_failures_total" + OF + "}" + RATE + "))", "{{service}} failed"),
                  ("sum by (service) (rate(redis_disconnects_total" + OF + "}" + RATE + "))", "{{service}} disconnected")),
        ]),
    ],
)
