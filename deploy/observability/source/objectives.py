"""What the shop promises its customers, and the rules that tell how fast a promise is being used up.

Each promise is a ratio of bad events to all events. The error budget is the share of bad events that the promise allows.
A burn of 1 uses the budget up in exactly the window of the promise (30 days); 14.4 uses 2 % of it in one hour.
The thresholds and pairs of windows are those of the Google SRE workbook, chapter 5: the long window says that it matters,
the short one that it still goes on.
"""

from dataclasses import dataclass

from timing import Timing


@dataclass(frozen=True)
class Objective:
    """One promise: the rate of all events and of bad ones, each by service, and the share that may be bad."""

    name: str
    promise: str
    budget: float
    total: str
    bad: str


# What nobody promises to do quickly: live streams, and the placing of an order with `Prefer: wait`, which has its own promise.
PROMPT = 'route!~".*/events|/v1/orders"'
EDGE = 'haproxy_backend_http_responses_total{proxy!~"nothing|public|watching"'


def _at_the_edge(selector: str, window: str) -> str:
    return f'label_replace(rate({EDGE}{selector}}}[{window}]), "service", "$1", "proxy", "(.+)")'


def objectives(timing: Timing) -> list[Objective]:
    """The promises, with events counted over the short window."""
    window = timing.text("5m")
    prompt, soon = timing.promise("0.5"), timing.promise("4")
    duration = "http_server_request_duration_seconds"
    return [
        Objective(
            "availability",
            "99.9 % of the requests that reach the balancer are not answered with 5xx.",
            0.001,
            f"sum by (service) ({_at_the_edge('', window)})",
            "sum by (service) (" + _at_the_edge(', code="5xx"', window) + ")",
        ),
        Objective(
            "latency",
            "99 % of the requests are answered within half a second.",
            0.01,
            f"sum by (service) (rate({duration}_count{{{PROMPT}}}[{window}]))",
            f"sum by (service) (rate({duration}_count{{{PROMPT}}}[{window}]))\n"
            f'- sum by (service) (rate({duration}_bucket{{{PROMPT}, le="{prompt}"}}[{window}]))',
        ),
        Objective(
            "orders",
            "99 % of the orders are confirmed or cancelled within four seconds.",
            0.01,
            f"sum by (service) (rate(orders_settled_seconds_count[{window}]))",
            f"sum by (service) (rate(orders_settled_seconds_count[{window}]))\n"
            f'- sum by (service) (rate(orders_settled_seconds_bucket{{le="{soon}"}}[{window}]))',
        ),
    ]


def recording_rules(timing: Timing) -> dict:
    """Event rates, budgets and burns. Long windows are sums of the short one's samples: cheap, and weighted by traffic."""
    rules = []
    for objective in objectives(timing):
        labels = {"sli": objective.name}
        rules.append({"record": "souk:sli_total:rate5m", "labels": labels, "expr": objective.total})
        rules.append({"record": "souk:sli_bad:rate5m", "labels": labels, "expr": objective.bad})
        rules.append({"record": "souk:slo_budget:ratio", "labels": labels, "expr": f"vector({objective.budget})"})
    rules.append(_burn("5m", "souk:sli_bad:rate5m / souk:sli_total:rate5m"))
    for window in ("30m", "1h", "6h", "3d"):
        over = timing.text(window)
        rules.append(_burn(window, f"sum_over_time(souk:sli_bad:rate5m[{over}]) / sum_over_time(souk:sli_total:rate5m[{over}])"))
    return {"name": "souk-objectives", "interval": timing.interval("30s"), "rules": rules}


def _burn(window: str, ratio: str) -> dict:
    return {
        "record": f"souk:slo_burn:{window}",
        "expr": f"({ratio}) / on (sli) group_left () souk:slo_budget:ratio",
    }
