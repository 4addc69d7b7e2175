"""The shop, its Prometheus and its traffic, once for all tests."""

import pytest
from prometheus import Prometheus, until
from shop import Shop
from traffic import Traffic


@pytest.fixture(scope="session")
def shop() -> Shop:
    return Shop()


@pytest.fixture(scope="session")
def prometheus(shop: Shop) -> Prometheus:
    prometheus = Prometheus(shop.about["prometheus"])
    until("every target is up", 60, lambda: all(target["health"] == "up" for target in prometheus.targets()))
    return prometheus


@pytest.fixture(scope="session")
def traffic(shop: Shop):
    skus = [product["sku"] for product in shop.must(200, "GET", "/v1/products?limit=20")["items"] if product["available"] > 100]
    # The traffic would buy the shop empty before the last act.
    staff = shop.staff()
    for sku in skus:
        shop.must(200, "POST", f"/v1/products/{sku}/stock", {"delta": 100_000}, token=staff)
    with Traffic(shop, skus) as traffic:
        yield traffic
