"""The recording rules and alerts. `build` writes them as rule files; a test builds them with shorter times.

Gauges that are sampled from a database are the same in every instance of a service, so they are always put together with
max(): scaling a service changes nothing.
"""

from objectives import recording_rules
from timing import Timing

DOCS = "docs"


def alert(name: str, expression: str, *, hold: str, severity: str, summary: str, description: str) -> dict:
    """An alert. `hold` is how long the expression has to be true."""
    return {
        "alert": name,
        "expr": expression,
        "for": hold,
        "labels": {"severity": severity},
        "annotations": {"summary": summary, "description": description, "runbook_url": f"{DOCS}/alerts.md#{name.lower()}"},
    }


def record(name: str, expression: str) -> dict:
    """A recording rule."""
    return {"record": name, "expr": expression}


def recorded(timing: Timing) -> dict:
    """Figures that several dashboards and alerts share."""
    minute = timing.text("1m")
    requests = "http_server_request_duration_seconds_count"
    cache = "cache_requests_total"
    return {
        "name": "souk-recorded",
        "rules": [
            record("service:http_requests:rate1m", f"sum by (service) (rate({requests}[{minute}]))"),
            record(
                "service:http_errors:rate1m",
                f'sum by (service) (rate({requests}{{status=~"5.."}}[{minute}])) or service:http_requests:rate1m * 0',
            ),
            record(
                "service:http_latency:p99",
                f"histogram_quantile(0.99, sum by (service, le) (rate(http_server_request_duration_seconds_bucket[{minute}])))",
            ),
            record("cache:requests:rate5m", f"sum by (cache) (rate({cache}[{timing.text('5m')}]))"),
            record(
                "cache:hits:ratio5m",
                f'sum by (cache) (rate({cache}{{result!="miss"}}[{timing.text("5m")}])) / cache:requests:rate5m',
            ),
            record("postgres:standbys:count", "sum(souk_pg_standby_streaming) or 0 * count(souk_pg_in_recovery == 0)"),
            record("postgres:standby_lag_seconds:max", "max(souk_pg_replay_delay_seconds)"),
            record("postgres:standby_lag_bytes:max", "max(souk_pg_standby_lag_bytes)"),
        ],
    }


def objective_alerts(timing: Timing) -> dict:
    """Promises to customers that are being broken."""
    enough = f"souk:sli_total:rate5m * {timing.window('5m')} >= 10"
    burns = "{{ $labels.service }} uses up its error budget ({{ $labels.sli }})"
    return {
        "name": "souk-promises",
        "rules": [
            alert(
                "ErrorBudgetBurnsFast",
                f"(souk:slo_burn:1h > 14.4 and souk:slo_burn:5m > 14.4)\nand ({enough})",
                hold=timing.text("1m"), severity="page",
                summary=f"{burns} {{{{ printf \"%.0f\" $value }}}} times too fast",
                description="At this pace the budget of 30 days is gone within two days. The last hour and the last five minutes agree.",
            ),
            alert(
                "ErrorBudgetBurns",
                f"(souk:slo_burn:6h > 6 and souk:slo_burn:30m > 6)\nand ({enough})",
                hold=timing.text("5m"), severity="page",
                summary=f"{burns} {{{{ printf \"%.0f\" $value }}}} times too fast",
                description="At this pace the budget of 30 days is gone within five days. The last six hours and the last 30 minutes agree.",
            ),
            alert(
                "ErrorBudgetBurnsSlowly",
                "souk:slo_burn:3d > 1 and souk:slo_burn:6h > 1",
                hold=timing.text("1h"), severity="ticket",
                summary=f"{burns} before its 30 days are over",
                description="Three days and six hours agree: at this pace the promise of this month will be broken.",
            ),
        ],
    }


def order_alerts(timing: Timing) -> dict:
    """Orders, payments and the ledger."""
    return {
        "name": "souk-orders",
        "rules": [
            alert(
                "SagasStuck",
                f"max(orders_waiting_oldest_seconds) > {timing.limit('5m')}",
                hold=timing.text("1m"), severity="page",
                summary="An order has waited {{ $value | humanizeDuration }} for another service",
                description="Its commands are sent again and again, and nobody answers. Customers see an order that does not move.",
            ),
            alert(
                "PaymentsUnanswered",
                f"max(payments_psp_calls_oldest_seconds) > {timing.limit('5m')}",
                hold=timing.text("1m"), severity="page",
                summary="A call to the payment provider has had no definite answer for {{ $value | humanizeDuration }}",
                description="Whether money moved is not known. The call is made again with the same key until there is an answer.",
            ),
            alert(
                "LedgerDifference",
                # Reconciliation gives its figures the label `with` instead. What the provider says is ProviderDifference's.
                'max by (check, currency) (label_replace(payments_ledger_difference_minor_units{with!="provider"}, '
                '"check", "orders", "with", "payments")) > 0',
                hold=timing.text("1m"), severity="page",
                summary="The ledger is off by {{ $value }} minor units{{ with $labels.currency }} of {{ . }}{{ end }} ({{ $labels.check }})",
                description="balance: debits and credits do not add up to zero. payments: the ledger and the payments have other sums. "
                "orders: they differ in single orders.",
            ),
            alert(
                "ProviderDifference",
                "max(payments_reconciliation_differences) > 0",
                hold=timing.text("15m"), severity="ticket",
                summary="{{ $value }} payments differ from the provider's books",
                description="The rows of reconciliation_differences that nobody has resolved say which payments, and how they differ.",
            ),
        ],
    }


def event_alerts(timing: Timing) -> dict:
    """The way of events: outbox, log, inbox."""
    return {
        "name": "souk-events",
        "rules": [
            alert(
                "OutboxLag",
                f"max by (topic) (events_outbox_lag_seconds) > {timing.limit('1m')}",
                hold=timing.text("1m"), severity="page",
                summary="Events of {{ $labels.topic }} have waited {{ $value | humanizeDuration }} in the outbox",
                description="They are safe in PostgreSQL, but nobody hears of them. The relay or the event log does not work.",
            ),
            alert(
                "ConsumerLag",
                f"max by (topic, group) (events_consumer_lag_seconds) > {timing.limit('1m')}",
                hold=timing.text("1m"), severity="page",
                summary="{{ $labels.group }} is {{ $value | humanizeDuration }} behind on {{ $labels.topic }}",
                description="It is down, too slow, or held up by one event that fails and has not been parked yet.",
            ),
            alert(
                "EventsParked",
                "max by (group) (events_parked) > 0",
                hold=timing.text("1m"), severity="ticket",
                summary="{{ $labels.group }} has {{ $value }} parked events",
                description="They failed again and again, with the later events of the same aggregates behind them. The rest goes on.",
            ),
        ],
    }


def data_alerts(timing: Timing) -> dict:
    """PostgreSQL, Redis and the cache."""
    return {
        "name": "souk-data",
        "rules": [
            alert(
                "DatabaseDown",
                '(count(souk_pg_in_recovery == 0) or 0 * max(up{job="postgres"} == 1)) < 1',
                hold=timing.text("30s"), severity="page",
                summary="There is no PostgreSQL primary",
                description="Nothing can be written. What was acknowledged is on the disk, and on the standby.",
            ),
            alert(
                "ReplicaMissing",
                "postgres:standbys:count < 1",
                hold=timing.text("2m"), severity="page",
                summary="No standby streams from the primary",
                description="If the primary is lost now, nobody takes over, and the primary's slot keeps log that fills its disk.",
            ),
            alert(
                "ReplicaLag",
                f"postgres:standby_lag_seconds:max > {timing.limit('30s')}",
                hold=timing.text("1m"), severity="ticket",
                summary="A standby is {{ $value | humanizeDuration }} behind",
                description="No read goes to it, so customers do not notice; a failover would take longer.",
            ),
            alert(
                "PoolExhausted",
                f"min_over_time(postgres_pool_waiting[{timing.text('1m')}]) > 0",
                hold=timing.text("1m"), severity="page",
                summary="{{ $labels.instance }}: {{ $value }} callers wait for a database connection",
                description="All connections of its pool have been in use for a minute: slow transactions, locks, or too little room.",
            ),
            alert(
                "RedisDown",
                "redis_up == 0",
                hold=timing.text("30s"), severity="page",
                summary="{{ $labels.instance }} does not answer",
                description="redis-cache: the shop is slower, not wrong. redis-log: orders are taken, and wait until it is back.",
            ),
            alert(
                "CacheHitRateLow",
                'cache:hits:ratio5m{cache!="product-list"} < 0.5 and cache:requests:rate5m > 1',
                hold=timing.text("10m"), severity="ticket",
                summary="Only {{ $value | humanizePercentage }} of the reads of {{ $labels.cache }} are hits",
                description="The database answers what the cache should. The cache is new, too small, or emptied too often. Lists are left out: a search that nobody repeats within seconds is a miss.",
            ),
            alert(
                "SamplesStale",
                f"time() - max by (service, sample) (sample_last_success_timestamp_seconds) > {timing.limit('2m')}",
                hold=timing.text("1m"), severity="ticket",
                summary="The sample {{ $labels.sample }} of {{ $labels.service }} is {{ $value | humanizeDuration }} old",
                description="Alerts that build on it (lags, sagas, ledger) see the past. The service cannot read its database.",
            ),
        ],
    }


def process_alerts(timing: Timing) -> dict:
    """Processes and what stands between them."""
    return {
        "name": "souk-processes",
        "rules": [
            alert(
                "InstanceDown",
                'up{job="services"} == 0',
                hold=timing.text("1m"), severity="ticket",
                summary="{{ $labels.instance }} does not answer",
                description="The other instances carry its load. If it is the only one, ServiceDown says so.",
            ),
            alert(
                "ServiceDown",
                'label_replace(haproxy_backend_active_servers{proxy!~"nothing|public|watching"}, "service", "$1", "proxy", "(.+)") == 0',
                hold=timing.text("30s"), severity="page",
                summary="{{ $labels.service }} has no instance that can serve",
                description="Every request to it is answered with 503. No instance is ready for the balancer.",
            ),
            alert(
                "InstanceRestarts",
                f"changes(process_start_time_seconds[{timing.slow_text('15m')}]) >= 3",
                hold="0s", severity="ticket",
                summary="{{ $labels.instance }} has started {{ $value }} times in a quarter of an hour",
                description="It crashes, or something ends it: the memory limit, a failing check. Its log has the reason.",
            ),
            alert(
                "BreakerOpen",
                "max by (service, target) (breaker_state) > 0",
                hold=timing.text("1m"), severity="ticket",
                summary="{{ $labels.service }} does not call {{ $labels.target }}: its breaker is open",
                description="Too many calls failed or were too slow. Calls are refused at once, and a few are let through to see.",
            ),
            alert(
                "RequestsShed",
                f"sum by (service) (rate(http_server_requests_shed_total[{timing.text('1m')}])) > 0",
                hold=timing.text("1m"), severity="page",
                summary="{{ $labels.service }} turns {{ printf \"%.1f\" $value }} requests away each second",
                description="More requests are in work than an instance may have. Customers get 503 with Retry-After.",
            ),
            alert(
                "WatcherDown",
                'up{job!="services"} == 0',
                hold=timing.text("2m"), severity="ticket",
                summary="{{ $labels.job }} ({{ $labels.instance }}) cannot be scraped",
                description="What it measures is unknown, and the alerts that build on it are blind.",
            ),
            alert(
                "Watchdog",
                "vector(1)",
                hold="0s", severity="none",
                summary="The alerts work",
                description="Fires always. Let something outside notice when it stops coming.",
            ),
        ],
    }


def rule_files(timing: Timing) -> dict[str, dict]:
    """All rules, by the name of their file."""
    alerts = [objective_alerts, order_alerts, event_alerts, data_alerts, process_alerts]
    return {
        "recorded.yml": {"groups": [recorded(timing), recording_rules(timing)]},
        "alerts.yml": {"groups": [group(timing) for group in alerts]},
    }
