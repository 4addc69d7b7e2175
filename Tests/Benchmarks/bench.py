#!/usr/bin/env python3
"""Measures the shop that `make bench` opened, beside the engines that it is made of.

    --home FOLDER            the shop's home
    --souk PROGRAM           controls that shop
    --programs FOLDER        has bare-server
    --python PROGRAM         has Locust
    --json FILE, --page FILE where the figures go
    --only NAMES             of page, routes, orders, trip, start; all by default
    --rounds N               3 by default
    --write-statements       replaces the pgbench scripts by what the shop does now
"""

import argparse
import asyncio
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from souk_bench import orders, page, statements
from souk_bench.http import Client
from souk_bench.postgres import Administrator
from souk_bench.processes import Processes
from souk_bench.reference import Reference
from souk_bench.results import Results
from souk_bench.routes import RouteCosts
from souk_bench.shop import Crowd, Shop, stock_shelves
from souk_bench.trip import Trips, shop_around

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("page", "routes", "orders", "trip", "start")
PRODUCTS, PIECES = 40, 1_000_000
# In most shops one visit in twenty or fewer ends with an order.
FEW_BUYERS = 5


class Bench:
    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.parts = options.only.split(",") if options.only else PARTS
        self.results = Results()
        self.results.facts["run"] = {"configuration": options.configuration, "date": date.today().isoformat()}
        self.results.facts["load"] = {"before": os.getloadavg()[0]}
        self.shop = Shop.read(options.home)
        self.administrator = Administrator(options.home, self.shop.databases["cart"])
        self.processes = Processes(options.souk)
        self.began = time.monotonic()

    def say(self, words: str) -> None:
        print(f"[{time.monotonic() - self.began:4.0f}s] {words}", flush=True)

    async def run(self) -> None:
        self.client = Client(self.shop.url)
        self.results.facts["idle_memory"] = self.processes.memory()
        self.skus = await stock_shelves(self.client, self.shop.staff, PRODUCTS, PIECES)
        self.crowd = Crowd(self.client)
        if "orders" in self.parts:
            await self.check_statements()
            self.reference = Reference(self.administrator, self.options.orders, self.options.rounds)
            self.say("Preparing pgbench's databases")
            await asyncio.to_thread(self.reference.prepare)
            self.say(f"Registering {self.options.orders} customers")
            await self.crowd.register(self.options.orders - len(self.crowd.customers))
        for number in range(1, self.options.rounds + 1):
            self.say(f"Round {number} of {self.options.rounds}")
            await self.round()
        self.results.facts["busy_memory"] = self.processes.memory()
        if "orders" in self.parts:
            self.reference.clean_up()
        self.client.close()
        if "start" in self.parts:
            self.measure_start()

    async def round(self) -> None:
        if "page" in self.parts:
            await asyncio.to_thread(self.measure_page)
        if "routes" in self.parts:
            await self.measure_routes()
        if "orders" in self.parts:
            await self.measure_orders()
        if "trip" in self.parts:
            await asyncio.to_thread(self.measure_trip)

    # MARK: The parts

    async def check_statements(self) -> None:
        """The comparison is fair only as long as pgbench does what the services do."""
        self.say("Watching what the databases do for an order")
        await self.crowd.register(7)
        await self.crowd.fill_carts(self.skus, 2)
        await self.crowd.place_orders(2)
        found = await statements.observe(self.administrator, self.crowd, self.skus, list(self.shop.databases))
        if self.options.write_statements:
            statements.write(found)
        different = statements.differences(found)
        if different:
            sys.exit("\n".join(["pgbench's scripts are not what the shop does for an order:", *different,
                                "'deploy/local/souk bench statements=write' takes the shop's."]))
        totals = {name: sum(getattr(work, name) for work in found.values()) for name in ("statements", "commits")}
        self.results.facts["order"] = totals
        self.say(f"An order is {totals['statements']} statements in {totals['commits']} commits, as in pgbench's scripts")

    def measure_page(self) -> None:
        path, seconds = f"/v1/products/{self.skus[0]}", self.options.seconds
        direct = self.shop.services["catalog"][0]["http"] + path
        with page.bare_server(self.options.programs / "bare-server", direct, self.options.port) as bare:
            page.rate(direct, 1)  # Warms the cache and the connections of nobody else.
            rates = {
                "bare_page": page.rate(bare, seconds), "direct_page": page.rate(direct, seconds),
                "balanced_page": page.rate(self.shop.url + path, seconds),
            }
        self.results.add(**rates)
        self.say("  pages a second: " + ", ".join(f"{name} {rate:.0f}" for name, rate in rates.items()))

    async def measure_routes(self) -> None:
        self.say("  the CPU of each route")
        crowd = Crowd(self.client)
        await crowd.register(self.options.visitors)
        for route, cpu in (await RouteCosts(self.client, crowd, self.skus, self.processes).measure()).items():
            self.results.add_cost(route, cpu)

    async def measure_orders(self) -> None:
        burst = await orders.burst(self.crowd, self.skus, self.administrator, self.processes)
        reference = 1 / sum((await asyncio.to_thread(self.reference.round)).values())
        self.results.add(
            accepted=burst.orders / burst.accepted_seconds, confirmed=burst.orders / burst.confirmed_seconds,
            cpu_of_an_order=burst.cpu_of_an_order, cpu_of_an_order_ms=1_000 * burst.cpu_of_an_order, pgbench=reference,
        )
        self.results.facts["order_cpu"] = {name: cpu / burst.orders for name, cpu in burst.cpu.items()}
        self.say(
            f"  orders a second: accepted {burst.orders / burst.accepted_seconds:.0f}, "
            f"confirmed {burst.orders / burst.confirmed_seconds:.0f}, pgbench {reference:.0f}; "
            f"CPU of an order {1_000 * burst.cpu_of_an_order:.2f} ms"
        )

    def shop_around(self, buyers: int) -> Trips:
        return shop_around(
            ROOT / "deploy/load/run.py", self.options.home / "shop.json", self.options.python, self.options.shoppers,
            self.options.trip_seconds, buyers, self.processes,
        )

    def measure_trip(self) -> None:
        trips, looks = self.shop_around(100), self.shop_around(FEW_BUYERS)
        others = sum(cpu for name, cpu in trips.cpu.items() if not name.startswith("login"))
        self.results.add(
            per_core=trips.per_core, per_core_without_login=trips.requests / others, trip_rate=trips.requests / trips.seconds,
            per_core_few_buyers=looks.per_core,
        )
        self.results.facts["trip_cpu"] = {name: cpu / trips.requests for name, cpu in trips.cpu.items()}
        self.results.facts["routes"] = trips.routes
        self.say(
            f"  trips: {trips.requests / trips.seconds:.0f} requests/s, {trips.per_core:.0f} for each CPU second, "
            f"{trips.requests / others:.0f} without login's process; {looks.per_core:.0f} where one in twenty buys"
        )

    def measure_start(self) -> None:
        self.results.add(first_start=self.options.first_start)
        for _ in range(self.options.rounds):
            subprocess.run([self.options.souk, "down"], check=True, capture_output=True)
            start = time.monotonic()
            subprocess.run([self.options.souk, "up"], check=True, capture_output=True)
            self.results.add(start=time.monotonic() - start)
        self.say(f"  starts in {self.results['start']:.1f} s")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("home", "souk", "programs", "python", "json", "page"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--configuration", default="release")
    parser.add_argument("--first-start", type=float, default=0)
    parser.add_argument("--port", type=int, required=True, help="a free port for the bare server")
    parser.add_argument("--only")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--orders", type=int, default=600)
    parser.add_argument("--visitors", type=int, default=200, help="customers whose requests are counted route by route")
    parser.add_argument("--seconds", type=int, default=5, help="of wrk")
    parser.add_argument("--shoppers", type=int, default=24)
    parser.add_argument("--trip-seconds", type=int, default=20)
    parser.add_argument("--write-statements", action="store_true")
    return parser.parse_args()


def main() -> None:
    chosen = options()
    bench = Bench(chosen)
    unknown = set(bench.parts) - set(PARTS)
    if unknown:
        sys.exit(f"There is no part {', '.join(unknown)}; the parts are {', '.join(PARTS)}.")
    asyncio.run(bench.run())
    bench.results.write_json(chosen.json)
    print("\n" + bench.results.markdown())
    if set(bench.parts) == set(PARTS):
        bench.results.write_page(chosen.page)


main()
