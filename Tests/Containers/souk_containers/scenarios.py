"""What the stack promises, tried for real. Each function is one promise; they run in the order of the file."""

import csv
import json
import os
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from . import stores
from .compose import ROOT, Compose
from .load import Load
from .report import Report, eventually, require, step
from .shop import Connection, Shopper, expect, insist, stock_shelves

ONE_OFF = ("secrets_1", "databases_1", "seed_1", "secrets-1", "databases-1", "seed-1")
SHOPPERS = 6


@dataclass
class Stage:
    """What the scenarios share."""

    compose: Compose
    report: Report
    folder: Path
    skus: list[str]

    @property
    def port(self) -> int:
        return self.compose.port("SOUK_PORT")

    def soukctl(self, *arguments: str, mounts: tuple[tuple[Path, str], ...] = (), timeout: float = 900) -> str:
        volumes = [word for path, inside in mounts for word in ("--volume", f"{path}:{inside}:ro")]
        return self.compose.run("run", "--rm", "--no-deps", *volumes, "soukctl", *arguments, timeout=timeout)

    def audit(self, journal: Path | None = None) -> None:
        """The auditor shares no code with the services and reads the databases itself; a difference fails the test."""
        if journal is None:
            output = self.soukctl("audit", "--wait", "120")
        else:
            output = self.soukctl("audit", "--wait", "120", "--journal", "/orders.ndjson", mounts=((journal, "/orders.ndjson"),))
        step(f"  audit: {output.strip().splitlines()[-1]}")

    def journal(self, name: str) -> Path:
        path = self.folder / f"{name}.ndjson"
        path.write_text("")
        path.chmod(0o644)
        return path


# ---- up

def comes_up(stage: Stage) -> None:
    step("Starting the stack (up)")
    begin = time.monotonic()
    stage.compose.run("up", "-d", "--no-build", timeout=580)
    eventually("every container healthy", 300, lambda: is_healthy(stage.compose), pause=1)
    stage.report.add("from `up` to every container healthy", f"{time.monotonic() - begin:.0f} s")
    root = [name for name, user in stage.compose.users().items() if user in ("", "0", "root")]
    require(not root, f"These run as root: {root}")
    require(stage.compose.published() <= {"127.0.0.1"}, f"Ports are published elsewhere: {stage.compose.published()}")
    answer = Connection(stage.port).request("GET", "/v1/products?query=lantern")
    require(answer.status == 200 and len(answer.json()["items"]) > 0, f"The shelves are empty: {answer.status} {answer.body[:200]!r}")


def is_healthy(compose: Compose) -> bool:
    states = compose.states()
    ready = [state == "healthy" or (name.endswith(ONE_OFF) and state == "exited 0") for name, state in states.items()]
    return bool(ready) and all(ready) and any(name.endswith(("seed_1", "seed-1")) for name in states)


def is_watched(stage: Stage) -> None:
    """Prometheus finds every instance by itself."""
    wanted = {"login", "catalog", "cart", "payments", "order-tracking", "psp-simulator", "haproxy", "postgres", "redis-log"}

    def up() -> set[str]:
        url = f"http://127.0.0.1:{stage.compose.port('SOUK_PROMETHEUS_PORT')}/api/v1/query?query=up"
        with urllib.request.urlopen(url, timeout=5) as answer:
            return {row["metric"]["service"] for row in json.load(answer)["data"]["result"] if row["value"][1] == "1"}

    eventually(f"Prometheus sees {', '.join(sorted(wanted))}", 60, lambda: wanted <= up())
    step(f"  Prometheus sees {len(up())} kinds of instances")


# ---- a recorded morning

def sells_the_sample(stage: Stage) -> None:
    """The file that SOUK_TEST_SAMPLE names, as in `make test`, else the project's own small one."""
    sample = Path(os.environ.get("SOUK_TEST_SAMPLE") or ROOT / "Tests/System/Fixtures/small-retail.csv")
    require(sample.is_file(), f"SOUK_TEST_SAMPLE names no file: {sample}")
    with sample.open(encoding="utf-8", errors="replace", newline="") as file:
        lines = sum(1 for _ in csv.reader(file)) - 1
    step(f"Selling what {sample.name} records ({lines} lines), with an audit")
    begin = time.monotonic()
    output = stage.soukctl("replay", "/sample.csv", mounts=((sample.resolve(), "/sample.csv"),))
    for line in output.strip().splitlines()[-14:]:
        step(f"    {line}")
    stage.report.add(f"replay of {lines} lines with a clean audit", f"{time.monotonic() - begin:.0f} s")


# ---- scaling

def scales_without_an_error(stage: Stage) -> None:
    step("Scaling cart from 1 to 3 and back, under load")
    with Load(stage.port, stage.skus, SHOPPERS) as load:
        time.sleep(5)
        begin = time.monotonic()
        stage.compose.run("up", "-d", "--no-build", "--no-recreate", "--scale", "cart=3", timeout=300)
        eventually("three carts get requests", 90, lambda: len(serving(stage)) == 3)
        stage.report.add("from --scale cart=3 to three carts with traffic", f"{time.monotonic() - begin:.1f} s")
        time.sleep(10)
        step(f"  requests answered by each cart: {sorted(serving(stage).values())}")
        begin = time.monotonic()
        stage.compose.run("up", "-d", "--no-build", "--no-recreate", "--scale", "cart=1", timeout=300)
        stage.report.add("from --scale cart=1 to two carts gone", f"{time.monotonic() - begin:.1f} s")
        require(len(stage.compose.containers("cart")) == 1, "There is not one cart")
        eventually("HAProxy has one cart", 30, lambda: len(carts(stage)) == 1)
        time.sleep(5)
    figures = load.figures
    stage.report.add(
        "scaling 1 to 3 to 1 under load",
        f"{figures.requests} requests, {sum(figures.errors.values())} errors, "
        f"{figures.requests / (load.ended - load.started):.0f} requests/s, p99 {figures.percentile(0.99) * 1000:.0f} ms",
    )
    require(not figures.errors and not figures.problems, f"Shoppers noticed: {dict(figures.errors)} {figures.problems[:5]}")


def carts(stage: Stage) -> list[dict[str, str]]:
    """HAProxy's rows about the carts that are up."""
    url = f"http://127.0.0.1:{stage.compose.port('SOUK_STATS_PORT')}/;csv"
    with urllib.request.urlopen(url, timeout=5) as answer:
        rows = list(csv.DictReader(answer.read().decode().lstrip("# ").splitlines()))
    return [row for row in rows if row["pxname"] == "cart" and row["svname"] != "BACKEND" and row["status"].startswith("UP")]


def serving(stage: Stage) -> dict[str, int]:
    """The carts that are up and were given requests, with how many."""
    return {row["svname"]: int(row["stot"]) for row in carts(stage) if int(row["stot"]) > 0}


# ---- losing a store

def survives_losing_the_primary(stage: Stage, how: str) -> None:
    """`stop` is the orderly way, `kill` is the machine's death."""
    require(stores.has_synchronous_standby(stage.compose), "There is no synchronous standby to begin with")
    primary = stores.postgres_primary(stage.compose)
    step(f"Losing the PostgreSQL primary ({how} {primary}) while orders are placed")
    journal = stage.journal(f"postgres-{how}")
    with Load(stage.port, stage.skus, SHOPPERS, journal) as load:
        time.sleep(8)
        lost = time.monotonic()
        stage.compose.run(how, primary, timeout=120)
        eventually(
            "orders are accepted again", 120,
            lambda: len([m for m in load.figures.acknowledged if m > lost]) > 20 and stores.postgres_primary(stage.compose) not in (None, primary),
        )
        time.sleep(10)
        begin = time.monotonic()
        stage.compose.run("start", primary, timeout=120)
        eventually("the old primary is a synchronous standby", 120, lambda: stores.has_synchronous_standby(stage.compose), pause=1)
        back = time.monotonic() - begin
        time.sleep(5)
    finish(stage, load, f"PostgreSQL primary lost ({how})", lost, journal)
    stage.report.add(f"the old primary back as synchronous standby ({how})", f"{back:.0f} s")


def survives_losing_the_log(stage: Stage) -> None:
    primary = stores.redis_primary(stage.compose)
    step(f"Losing the primary of the event log (kill {primary}) while orders are placed")
    eventually("the log has a replica", 60, lambda: stores.has_redis_replica(stage.compose))
    journal = stage.journal("redis-log")
    buyer = Shopper(Connection(stage.port))
    buyer.register()
    with Load(stage.port, stage.skus, SHOPPERS, journal) as load:
        time.sleep(5)
        lost = time.monotonic()
        # Not by Compose, which takes seconds to begin.
        stage.compose.docker("kill", *stage.compose.containers(primary))
        confirmed = time_to_confirm(stage, buyer, time.monotonic())
        stage.report.add("redis-log primary lost: until a new order is confirmed", f"{confirmed:.1f} s")
        require(stores.redis_primary(stage.compose) != primary, "The Sentinels still name the dead server")
        stage.compose.run("start", primary)
        eventually("the old primary is a replica", 60, lambda: stores.has_redis_replica(stage.compose), pause=1)
        time.sleep(5)
    finish(stage, load, "redis-log primary lost", lost, journal)


def time_to_confirm(stage: Stage, buyer: Shopper, since: float) -> float:
    """How long until an order that is placed now has gone all the way."""
    item = {"sku": stage.skus[0], "quantity": 1}
    expect(insist(lambda: buyer.connection.request("POST", "/v1/cart/items", item, buyer.token)), 200, 201)
    order, key = buyer.order_request()
    placed = expect(insist(lambda: buyer.connection.request("POST", "/v1/orders", order, buyer.token, Idempotency_Key=key)), 201)

    def is_confirmed() -> bool:
        answer = buyer.connection.request("GET", f"/v1/orders/{placed['id']}", token=buyer.token)
        return answer.status == 200 and answer.json()["status"] == "confirmed"

    eventually("a new order is confirmed", 120, is_confirmed, pause=0.2)
    return time.monotonic() - since


def survives_losing_etcd(stage: Stage) -> None:
    step("Losing etcd for 30 seconds while orders are placed")
    journal = stage.journal("etcd")
    with Load(stage.port, stage.skus, SHOPPERS, journal) as load:
        time.sleep(3)
        lost = time.monotonic()
        stage.compose.run("kill", "etcd")
        time.sleep(30)
        stage.compose.run("start", "etcd")
        eventually("Patroni has a leader", 60, lambda: stores.postgres_primary(stage.compose) is not None)
        time.sleep(3)
    finish(stage, load, "etcd lost", lost, journal)


def finish(stage: Stage, load: Load, name: str, lost: float, journal: Path) -> None:
    figures = load.figures
    orders = len(figures.acknowledged)
    gap = figures.longest_gap(lost - 1, load.ended)
    stage.report.add(f"{name}: longest time without an order", f"{gap:.1f} s")
    carts = f", {figures.lost_carts} carts lost their last items" if figures.lost_carts else ""
    stage.report.add(
        f"{name}: orders acknowledged", f"{orders} in {load.ended - load.started:.0f} s, {sum(figures.errors.values())} never answered{carts}"
    )
    require(not figures.errors and not figures.problems, f"Not answered: {dict(figures.errors)} {figures.problems[:5]}")
    require(orders > 20, f"Only {orders} orders were placed")
    stage.audit(journal)
    stage.report.add(f"{name}: acknowledged orders lost", "0")


# ---- the ways down

def goes_down(stage: Stage) -> None:
    step("Stopping the stack (down)")
    begin = time.monotonic()
    stage.compose.run("down", "--volumes", "--remove-orphans", timeout=300)
    stage.report.add("down", f"{time.monotonic() - begin:.0f} s")


def shelves(stage: Stage) -> None:
    """Products of the test's own, with plenty of stock."""
    login = stage.compose.run("run", "--rm", "--no-deps", "seed", "open-shop", "staff").strip().splitlines()[-1].split()
    stage.skus = stock_shelves(Connection(stage.port), {"email": login[0], "password": login[1]}, 12, 1_000_000)
