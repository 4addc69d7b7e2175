"""Every picture of every dashboard shows something once the shop has sold something."""

import json
import pathlib
import re

import pytest
from prometheus import Prometheus, until
from shop import Shop, Shopper

DASHBOARDS = pathlib.Path(__file__).resolve().parents[2] / "deploy/observability/grafana/dashboards"
VARIABLES = {"$__rate_interval": "15s", "$__interval": "15s", "$service": ".*", "$instance": ".*"}


def queries() -> list:
    found = []
    for file in sorted(DASHBOARDS.glob("*.json")):
        dashboard = json.loads(file.read_text())
        for panel in dashboard["panels"]:
            for target in panel.get("targets", []):
                expression = target["expr"]
                for name, value in VARIABLES.items():
                    expression = expression.replace(name, value)
                title = f"{dashboard['uid']}: {panel['title']} {target['refId']}"
                found.append(pytest.param(expression, id=title))
    return found


@pytest.fixture(scope="module", autouse=True)
def sales(shop: Shop, traffic) -> None:
    """One order of each kind: confirmed, declined, cancelled, shipped, refunded."""
    shopper, staff = Shopper(shop), shop.staff()
    shipped, cancelled = (shopper.buy(sku, wait=10) for sku in traffic.skus[:2])
    shopper.buy(traffic.skus[2], card=shopper.add_card("4000000000000002"), wait=10)
    shop.must(202, "POST", f"/v1/orders/{cancelled}/cancel", token=shopper.token)
    parcel = {"carrier": "Camel Post", "tracking_number": "CP-1"}
    shop.must(201, "POST", f"/v1/orders/{shipped}/shipments", parcel, token=staff, Idempotency_Key=f"ship-{shipped}")
    until("the payment is captured", 30, lambda: shop.call("POST", f"/v1/orders/{shipped}/refunds", {"reason": "test"}, token=staff, Idempotency_Key=f"refund-{shipped}")[0] == 201)


def test_rules_work(prometheus: Prometheus) -> None:
    until("the rules were evaluated", 30, lambda: all(rule["health"] != "unknown" for rule in prometheus.rules()))
    assert [f"{rule['name']}: {rule['lastError']}" for rule in prometheus.rules() if rule["health"] != "ok"] == []


def test_no_label_is_a_path(prometheus: Prometheus) -> None:
    """Labels are templates: an order's id or a product's name among them would be a series for each."""
    routes = {labels["route"] for labels, _ in prometheus.query("group by (route) (http_server_request_duration_seconds_count)")}
    assert routes and not [route for route in routes if re.search(r"ord_|[A-Z]{3,}|[0-9a-f]{12}", route)]
    assert max(value for _, value in prometheus.query('max by (instance) (scrape_samples_scraped{job="services"})')) < 4_000


@pytest.mark.parametrize("expression", queries())
def test_shows_something(prometheus: Prometheus, expression: str) -> None:
    rows = until(f"data for {expression}", 20, lambda: prometheus.query(expression))
    assert len(rows) < 300, "nobody can read that many series"
