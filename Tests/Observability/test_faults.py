"""Each alert fires when its fault is made, and stops when it ends.

The rules are those of deploy/observability, built from the same source with shorter times (commands/test-observability.sh).
Faults that do not disturb each other are made together: the acts of one play, in the order in which they stand here.
"""

import contextlib
import pathlib
import re
import time

import faults
import pytest
from prometheus import Prometheus, get, matches, until
from shop import Shop, Shopper

RULES = pathlib.Path(__file__).resolve().parents[2] / "deploy/observability/prometheus/rules/alerts.yml"
# Fires as long as the three days that it looks at hold an error, so its end is shown by promtool alone.
ENDS_LATER = {"ErrorBudgetBurnsSlowly"}
fired: dict[str, float] = {}
ended: dict[str, float] = {}


def alert(name: str, **labels: str) -> dict:
    return {"alertname": name, **labels}


def expect(prometheus: Prometheus, *wanted: dict, within: float = 60) -> None:
    """Waits until all alerts have fired; notes how long each took."""
    start = time.monotonic()
    missing = list(wanted)
    firing: list[dict] = []

    def all_fired() -> bool:
        firing[:] = prometheus.firing()
        for one in [one for one in missing if any(matches(one, labels) for labels in firing)]:
            missing.remove(one)
            fired.setdefault(one["alertname"], time.monotonic() - start)
        return not missing

    try:
        until("alerts fire", within, all_fired)
    except AssertionError as late:
        raise AssertionError(f"{late}: {missing}; these do: {firing}") from None


def expect_end(prometheus: Prometheus, *wanted: dict, within: float = 60, noted: bool = True) -> None:
    """Waits until none of the alerts fires; notes how long each took."""
    start = time.monotonic()
    left = list(wanted)

    def all_ended() -> bool:
        firing = prometheus.firing()
        for one in [one for one in left if not any(matches(one, labels) for labels in firing)]:
            left.remove(one)
            if noted:
                ended.setdefault(one["alertname"], time.monotonic() - start)
        return not left

    try:
        until("alerts end", within, all_ended)
    except AssertionError as late:
        raise AssertionError(f"{late}: {left}") from None


def expect_quiet(prometheus: Prometheus, within: float) -> None:
    """Waits until nothing fires but the watchdog."""
    loud: list[dict] = []

    def is_quiet() -> bool:
        loud[:] = [labels for labels in prometheus.firing() if labels["alertname"] not in {"Watchdog"} | ENDS_LATER]
        return not loud

    try:
        until("it is quiet", within, is_quiet)
    except AssertionError as late:
        raise AssertionError(f"{late}; these fire: {loud}") from None


@contextlib.contextmanager
def act(prometheus: Prometheus, *wanted: dict, within: float = 60):
    """Faults in the body; the alerts fire before it ends, and stop after it."""
    expect_end(prometheus, *wanted, noted=False)
    with contextlib.ExitStack() as made:
        yield made
        expect(prometheus, *wanted, within=within)
    expect_end(prometheus, *wanted, within=within + 30)


def test_it_is_quiet_before(prometheus: Prometheus, traffic) -> None:
    """A shop that works fires nothing but the watchdog."""
    expect_quiet(prometheus, within=60)
    expect(prometheus, alert("Watchdog"))


def test_alertmanager_hears_of_it(shop: Shop, prometheus: Prometheus) -> None:
    names = lambda: {one["labels"]["alertname"] for one in get(f"{shop.about['alertmanager']}/api/v2/alerts")}
    # An alert that fires before Prometheus has found its Alertmanager is lost, and sent again after a minute.
    until("Alertmanager knows Watchdog", 90, lambda: "Watchdog" in names())


def test_parts_that_fail_alone(shop: Shop, prometheus: Prometheus, traffic) -> None:
    """An instance, the cache, a replay, an event, a ledger row, a watcher: the shop goes on selling."""
    wanted = [
        alert("InstanceDown", instance="cart-1"),
        alert("RedisDown", instance="redis-cache"),
        alert("BreakerOpen", target="redis-cache:*"),
        alert("CacheHitRateLow"),
        alert("ReplicaLag"),
        alert("EventsParked", group="payments"),
        alert("LedgerDifference", check="balance"),
        alert("ProviderDifference"),
        alert("WatcherDown", job="alertmanager"),
    ]
    with act(prometheus, *wanted) as made:
        for fault in (faults.poisoned_event(shop), faults.wrong_ledger(shop), faults.paused_replay(shop)):
            made.enter_context(fault)
        made.enter_context(faults.stopped(shop, "cart-1", "redis-cache", "alertmanager"))


def test_crash_loop(shop: Shop, prometheus: Prometheus, traffic) -> None:
    with act(prometheus, alert("InstanceRestarts", instance="psp-simulator")):
        faults.crash_loop(shop, prometheus, "psp-simulator", 4)


def test_service_and_standby_are_gone(shop: Shop, prometheus: Prometheus, traffic) -> None:
    """The only instance of a service, and the only standby. What follows from the worse is not told as well."""
    wanted = [
        alert("ServiceDown", service="catalog"),
        alert("ErrorBudgetBurnsFast", service="catalog", sli="availability"),
        alert("ErrorBudgetBurns", service="catalog", sli="availability"),
        alert("ReplicaMissing"),
    ]
    with act(prometheus, *wanted) as made:
        made.enter_context(faults.stopped(shop, "catalog-0", "postgres-standby"))
        expect(prometheus, *wanted, alert("InstanceDown", instance="catalog-0"))
        told = f"{shop.about['alertmanager']}/api/v2/alerts?filter=alertname%3DInstanceDown&filter=service%3Dcatalog"
        until("Alertmanager keeps InstanceDown back", 20, lambda: any(one["status"]["state"] == "suppressed" for one in get(told)))


def test_orders_stand_still(shop: Shop, prometheus: Prometheus, traffic) -> None:
    """No provider, then no catalog for events, then no log: orders are taken, and wait."""
    shopper = Shopper(shop)
    waiting = [alert("PaymentsUnanswered"), alert("SagasStuck"), alert("BreakerOpen", target="psp")]
    # Everything is tried again after pauses that grow, one after the other: the end alone may take 107 s.
    with act(prometheus, *waiting, within=150) as made:
        made.enter_context(faults.stopped(shop, "psp-simulator"))
        faults.orders(shopper, traffic.skus[0], 10)
        until("calls wait for the provider", 60, lambda: prometheus.query("max(payments_psp_calls_open) >= 5"))
        with act(prometheus, alert("ConsumerLag", group="catalog")) as lag:
            lag.enter_context(faults.locked(shop, "catalog", "reservations"))
            faults.orders(shopper, traffic.skus[1], 2)
        with act(prometheus, alert("OutboxLag", topic="orders"), alert("RedisDown", instance="redis-log")) as lag:
            lag.enter_context(faults.stopped(shop, "redis-log"))
            faults.orders(shopper, traffic.skus[1], 2)


def test_too_many_customers(shop: Shop, prometheus: Prometheus, traffic) -> None:
    """A slow database and a crowd: callers wait for connections, requests are slow, and then turned away."""
    wanted = [
        alert("PoolExhausted", service="cart"),
        alert("RequestsShed", service="cart"),
        alert("ErrorBudgetBurnsFast", service="cart", sli="latency"),
    ]
    with act(prometheus, *wanted) as made:
        made.enter_context(faults.slow_carts(shop))


def test_no_database(shop: Shop, prometheus: Prometheus, traffic) -> None:
    with act(prometheus, alert("DatabaseDown"), alert("SamplesStale")) as made:
        made.enter_context(faults.stopped(shop, "postgres-primary"))


def test_slow_burn(prometheus: Prometheus) -> None:
    """After all this the month's budget is gone."""
    expect(prometheus, alert("ErrorBudgetBurnsSlowly", sli="availability"), within=90)


def test_it_is_quiet_again(prometheus: Prometheus, traffic) -> None:
    expect_quiet(prometheus, within=120)


def test_no_alert_was_forgotten() -> None:
    """Every alert of the rules has fired here, and ended."""
    names = set(re.findall(r'- alert: "(\w+)"', RULES.read_text()))
    assert names - set(fired) == set()
    assert names - set(ended) - ENDS_LATER - {"Watchdog"} == set()


@pytest.fixture(scope="session", autouse=True)
def times():
    """Ends with how long each alert took."""
    yield
    for name in sorted(fired):
        print(f"  {name:24} fired after {fired[name]:5.1f} s" + (f", ended after {ended[name]:5.1f} s" if name in ended else ""))
