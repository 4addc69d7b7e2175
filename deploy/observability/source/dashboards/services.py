"""Rate, errors and duration of every service, route and call."""

from grafana import INSTANCE, SERVICE, Dashboard, heat, lines, numbers

HTTP = "http_server_request_duration_seconds"
OF = '{service=~"$service", instance=~"$instance"'
ALL = f"{HTTP}_count{OF}}}"
RATE = "[$__rate_interval]"
NONE = f"sum by (service) (rate({ALL}{RATE})) * 0"

DASHBOARD = Dashboard(
    uid="souk-services",
    title="Souk 2: services",
    description="Rate, errors and duration, from the whole down to one route or call.",
    variables=[SERVICE, INSTANCE],
    rows=[
        ("Services", [
            numbers("Requests", "reqps", f"sum by (service) (rate({ALL}{RATE}))", "{{service}}"),
            numbers("Errors", "percentunit",
                    f'(sum by (service) (rate({HTTP}_count{OF}, status=~"5.."}}{RATE})) or {NONE})\n/ sum by (service) (rate({ALL}{RATE}))',
                    "{{service}}", warn=0.001, bad=0.01, decimals=2, help="Share of the requests that are answered with 5xx."),
            numbers("Duration, 99 %", "s", f"histogram_quantile(0.99, sum by (service, le) (rate({HTTP}_bucket{OF}}}{RATE})))",
                    "{{service}}", warn=0.25, bad=0.5),
            lines("Requests", "reqps", (f"sum by (service) (rate({ALL}{RATE}))", "{{service}}")),
            lines("Errors (5xx)", "reqps",
                  (f'sum by (service) (rate({HTTP}_count{OF}, status=~"5.."}}{RATE})) or {NONE}', "{{service}}"),
                  ("sum by (service) (rate(http_server_requests_shed_total" + OF + "}" + RATE + "))", "{{service}} turned away"),
                  help="Also requests that an instance turned away because it had too many in work."),
            lines("Duration", "s",
                  (f"histogram_quantile(0.5, sum by (service, le) (rate({HTTP}_bucket{OF}}}{RATE})))", "{{service}}, half"),
                  (f"histogram_quantile(0.99, sum by (service, le) (rate({HTTP}_bucket{OF}}}{RATE})))", "{{service}}, 99 %"),
                  warn=0.5),
        ]),
        ("Routes", [
            lines("Requests by route", "reqps", (f"sum by (method, route) (rate({ALL}{RATE}))", "{{method}} {{route}}"), height=10),
            lines("Duration by route, 99 %", "s",
                  (f"histogram_quantile(0.99, sum by (method, route, le) (rate({HTTP}_bucket{OF}}}{RATE})))", "{{method}} {{route}}"),
                  height=10, help="POST /v1/orders with Prefer: wait is slow on purpose."),
            lines("Answers by status", "reqps", (f"sum by (status) (rate({ALL}{RATE}))", "{{status}}"), stacked=True, height=10),
            heat("Durations of all requests", "s", f"sum by (le) (increase({HTTP}_bucket{OF}}}{RATE}))", width=12),
            lines("Requests in work", "short",
                  ("sum by (instance) (http_server_requests_in_flight" + OF + "})", "{{instance}}"), width=12,
                  help="HTTP_MAX_IN_FLIGHT (512) is the most for one instance; more are answered with 503."),
        ]),
        ("Calls between services (gRPC)", [
            lines("Calls answered", "reqps", ("sum by (method) (rate(rpc_server_calls_total" + OF + "}" + RATE + "))", "{{method}}")),
            lines("Calls that failed", "reqps",
                  ("sum by (method, status) (rate(rpc_server_calls_total" + OF + ', status!="OK"}' + RATE + ")) > 0\n"
                   "or sum by (method) (rate(rpc_server_calls_total" + OF + "}" + RATE + ")) * 0", "{{method}} {{status}}")),
            lines("Duration at the caller, 99 %", "s",
                  ("histogram_quantile(0.99, sum by (service, method, le) (rate(rpc_client_duration_seconds_bucket" + OF + "}" + RATE + ")))",
                   "{{service}} ► {{method}}"), help="With all attempts, as the caller sees it."),
        ]),
    ],
)
