"""What protects the shop from itself: breakers, retries, budgets, shedding, balancing."""

from grafana import SERVICE, Dashboard, bars, lines, numbers

OF = '{service=~"$service"'
RATE = "[$__rate_interval]"
STATES = {"0": ("closed", "green"), "1": ("half-open", "yellow"), "2": ("open", "red")}

DASHBOARD = Dashboard(
    uid="souk-resilience",
    title="Souk 5: resilience",
    description="Breakers, retries and their budgets, refusals, and who gets the load.",
    variables=[SERVICE],
    rows=[
        ("Breakers", [
            numbers("State", "short", "max by (service, target) (breaker_state" + OF + "})", "{{service}} ► {{target}}",
                    mappings=STATES, warn=1, bad=2, width=12, height=6),
            lines("Changes", "ops",
                  ("sum by (service, target, from, to) (rate(breaker_transitions_total" + OF + "}" + RATE + "))",
                   "{{service}} ► {{target}} {{from}} to {{to}}"), width=12, height=6),
            lines("Failed calls in the window", "percentunit",
                  ("max by (service, target) (breaker_window_failure_ratio" + OF + "})", "{{service}} ► {{target}}"),
                  width=12, maximum=1, warn=0.5, help="A breaker opens at one half."),
            lines("Slow calls in the window", "percentunit",
                  ("max by (service, target) (breaker_window_slow_ratio" + OF + "})", "{{service}} ► {{target}}"), width=12, maximum=1),
        ]),
        ("Retries and refusals", [
            lines("Calls by outcome", "ops",
                  ("sum by (target, outcome) (rate(resilience_calls_total" + OF + "}" + RATE + "))", "{{target}} {{outcome}}")),
            lines("Attempts", "ops",
                  ("sum by (target, kind) (rate(resilience_attempts_total" + OF + "}" + RATE + "))", "{{target}} {{kind}}"),
                  help="failover: another endpoint, because the first certainly did not see the call."),
            lines("Attempts for each call", "short",
                  ("sum by (service, target) (rate(resilience_attempts_total" + OF + "}" + RATE + "))\n"
                   "/ sum by (service, target) (rate(resilience_calls_total" + OF + "}" + RATE + ")) >= 0", "{{service}} ► {{target}}"),
                  warn=1.2, help="The budget keeps it near 1.1 also when everything fails."),
            lines("Retry budget left", "short",
                  ("min by (service, target) (retry_budget_balance" + OF + "})", "{{service}} ► {{target}}")),
            lines("Refused by a policy", "ops",
                  ("sum by (target, policy) (rate(resilience_rejections_total" + OF + "}" + RATE + "))", "{{target}} {{policy}}"),
                  help="Calls that were not made, or not repeated, and which policy said so."),
            lines("Turned away at the door", "ops",
                  ("sum by (service) (rate(http_server_requests_shed_total" + OF + "}" + RATE + "))", "{{service}} too many in work"),
                  ("sum(rate(password_hashes_refused_total" + RATE + "))", "login: password queue is full"),
                  ("sum(rate(login_attempts_refused_total" + RATE + "))", "login: too many attempts")),
        ]),
        ("Balancing between services (gRPC)", [
            lines("Calls in flight by endpoint", "short",
                  ("sum by (target, endpoint) (lb_endpoint_inflight" + OF + "})", "{{target}} {{endpoint}}")),
            lines("Score of an endpoint", "short",
                  ("max by (target, endpoint) (lb_endpoint_score" + OF + "})", "{{target}} {{endpoint}}"),
                  help="The lower, the more calls it gets."),
            bars("Connections by endpoint", "short", "sum by (target, endpoint) (lb_endpoint_connections" + OF + "})", "{{target}} {{endpoint}}"),
        ]),
        ("The balancer at the edge (HAProxy)", [
            lines("Requests by instance", "reqps",
                  ('sum by (server) (rate(haproxy_server_http_responses_total{proxy=~"$service"}' + RATE + ")) > 0", "{{server}}")),
            bars("Instances that can serve", "short", 'haproxy_backend_active_servers{proxy!~"nothing|public|watching"}', "{{proxy}}",
                 warn=1, bad=0.5),
            lines("Answers by code", "reqps",
                  ('sum by (code) (rate(haproxy_backend_http_responses_total{proxy=~"$service"}' + RATE + "))", "{{code}}"), stacked=True),
            lines("Queue and sessions", "short",
                  ('sum by (proxy) (haproxy_backend_current_queue{proxy=~"$service"})', "{{proxy}} queued"),
                  ('sum by (proxy) (haproxy_backend_current_sessions{proxy=~"$service"})', "{{proxy}} sessions")),
            lines("Tried again, sent elsewhere", "ops",
                  ('sum by (proxy) (rate(haproxy_backend_retry_warnings_total{proxy=~"$service"}' + RATE + "))", "{{proxy}} again"),
                  ('sum by (proxy) (rate(haproxy_backend_redispatch_warnings_total{proxy=~"$service"}' + RATE + "))", "{{proxy}} elsewhere")),
            lines("Refused at the edge", "ops",
                  ('sum by (proxy) (rate(haproxy_frontend_requests_denied_total{proxy="public"}' + RATE + "))", "rate limit or size"),
                  ('sum by (proxy) (rate(haproxy_backend_connection_errors_total{proxy=~"$service"}' + RATE + "))", "{{proxy}} no connection")),
        ]),
    ],
)
