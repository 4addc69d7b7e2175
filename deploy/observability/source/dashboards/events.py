"""The way of an event: outbox, relay, log, inbox."""

from grafana import Dashboard, bars, lines, number

RATE = "[$__rate_interval]"

DASHBOARD = Dashboard(
    uid="souk-events",
    title="Souk 4: events",
    description="Outbox, relay, log and inbox. Lags are read from the producers' databases, so they are right also while the log is down.",
    rows=[
        ("Now", [
            number("Outbox lag", "s", "max(events_outbox_lag_seconds)", warn=5, bad=60, width=6,
                   help="How long the oldest event has waited to be published."),
            number("Consumer lag", "s", "max(events_consumer_lag_seconds)", warn=10, bad=60, width=6,
                   help="Age of the oldest event that some group has not applied."),
            number("Parked events", "short", "sum(max by (group) (events_parked))", bad=1, width=6,
                   help="Events that failed again and again, with those of the same aggregates behind them."),
            number("Dead events", "short", "sum(max by (group) (events_dead))", bad=1, width=6,
                   help="Parked events that are no longer tried: an operator must look."),
        ]),
        ("Flow", [
            lines("Written to outboxes", "ops", ("sum by (topic) (rate(events_appended_total" + RATE + "))", "{{topic}}")),
            lines("Published to the log", "ops", ("sum by (topic) (rate(events_published_total" + RATE + "))", "{{topic}}")),
            lines("Applied by consumers", "ops", ("sum by (group) (rate(events_applied_total" + RATE + "))", "{{group}}"),
                  help="Events that a group handles; those that it passes over are not counted."),
        ]),
        ("Lag", [
            lines("Waiting in the outbox", "short", ("max by (topic) (events_outbox_lag)", "{{topic}}"),
                  help="Events that are committed and not yet picked up by the relay. Counted up to 100,000."),
            lines("Not yet applied", "short", ("max by (topic, group) (events_consumer_lag)", "{{topic}} ► {{group}}")),
            lines("Age of the oldest", "s",
                  ("max by (topic) (events_outbox_lag_seconds)", "{{topic}} outbox"),
                  ("max by (topic, group) (events_consumer_lag_seconds)", "{{topic}} ► {{group}}"), warn=60),
            lines("From written to applied", "s",
                  ("histogram_quantile(0.5, sum by (group, le) (rate(events_delivery_seconds_bucket" + RATE + ")))", "{{group}}, half"),
                  ("histogram_quantile(0.99, sum by (group, le) (rate(events_delivery_seconds_bucket" + RATE + ")))", "{{group}}, 99 %")),
            lines("Relay's troubles", "ops",
                  ("sum by (topic) (rate(events_relay_failures_total" + RATE + "))", "{{topic}} failures"),
                  ("sum by (topic) (rate(events_append_refused_total" + RATE + "))", "{{topic}} appends refused"),
                  ("sum by (topic) (rate(events_log_rewinds_total" + RATE + "))", "{{topic}} rewinds"),
                  help="A refused append means that another relay was faster, or that the log's end was not where it was thought."),
            lines("Consumers' troubles", "ops",
                  ("sum by (group) (rate(events_consumer_failures_total" + RATE + "))", "{{group}} failures"),
                  ("sum by (group) (rate(events_gaps_total" + RATE + "))", "{{group}} gaps")),
        ]),
        ("Parking place and shares", [
            lines("Parked and redriven", "ops",
                  ("sum by (group) (rate(events_parked_total" + RATE + "))", "{{group}} parked"),
                  ("sum by (group) (rate(events_redriven_total" + RATE + "))", "{{group}} redriven")),
            bars("Partitions of a relay", "short", "sum by (topic, instance) (events_relay_partitions)", "{{topic}} {{instance}}"),
            bars("Partitions of a consumer", "short", "sum by (group, instance) (events_consumer_partitions)", "{{group}} {{instance}}"),
        ]),
    ],
)
