"""Shoppers who browse, fill their carts and order, side by side, and write down what the shop told them."""

import json
import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from .shop import PASSING, Answer, Connection, Refused, Shopper, insist


@dataclass
class Figures:
    """What happened, guarded by a lock."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    requests: int = 0
    errors: Counter = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    # When an order was acknowledged, and when the last one of its tries was sent.
    acknowledged: list[float] = field(default_factory=list)
    lost_carts: int = 0
    problems: list[str] = field(default_factory=list)

    def note(self, what: str, answer: Answer, *expected: int) -> None:
        with self.lock:
            self.requests += 1
            self.seconds.append(answer.seconds)
            if answer.status not in expected:
                self.errors[f"{what}: {answer.status or answer.problem}"] += 1

    def percentile(self, share: float) -> float:
        with self.lock:
            ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0

    def longest_gap(self, begin: float, end: float) -> float:
        """The longest time without an acknowledged order."""
        with self.lock:
            moments = sorted(m for m in self.acknowledged if begin <= m <= end)
        moments = [begin, *moments, end]
        return max(later - earlier for earlier, later in zip(moments, moments[1:]))


class Load:
    """`with Load(…) as load:` shops until the end of the block.

    With `journal`, every acknowledged order is written down for `soukctl audit`, and requests are sent again, under the same
    Idempotency-Key, until they are answered: a patient client. Without, every request is sent once, and everything but success
    counts as an error.
    """

    def __init__(self, port: int, skus: list[str], shoppers: int, journal: Path | None = None):
        self.port = port
        self.skus = skus
        self.journal = journal
        self.run = uuid.uuid4().hex[:8]
        self.figures = Figures()
        self._stop = threading.Event()
        self._people = [Shopper(Connection(port)) for _ in range(shoppers)]
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> "Load":
        for person in self._people:
            person.register()
        self._threads = [threading.Thread(target=self._shop, args=(person,), daemon=True) for person in self._people]
        self.started = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=150)
        self.ended = time.monotonic()

    def _shop(self, person: Shopper) -> None:
        while not self._stop.is_set():
            try:
                person.stay_logged_in()
                self._browse(person)
                self._order(person)
            except Refused as refusal:
                with self.figures.lock:
                    self.figures.problems.append(str(refusal))
            time.sleep(random.uniform(0.02, 0.08))

    def _browse(self, person: Shopper) -> None:
        if self.journal is not None:
            return
        sku = random.choice(self.skus)
        self.figures.note("product", person.connection.request("GET", f"/v1/products/{sku}"), 200)
        self.figures.note("search", person.connection.request("GET", "/v1/products?query=lantern"), 200)
        self.figures.note("cart", person.connection.request("GET", "/v1/cart", token=person.token), 200)

    def _order(self, person: Shopper) -> None:
        def once(send):
            return send() if self.journal is None else insist(send)

        item = {"sku": random.choice(self.skus), "quantity": 1}
        answer = once(lambda: person.connection.request("POST", "/v1/cart/items", item, person.token))
        self.figures.note("add to cart", answer, 200, 201)
        if answer.status not in (200, 201):
            return
        order, key = person.order_request()
        answer = once(lambda: person.connection.request("POST", "/v1/orders", order, person.token, Idempotency_Key=key))
        if self.journal is not None and answer.status in (409, 422) and b"cart" in answer.body:
            # Carts are not replicated before they are acknowledged: a failover may take the last things put into one.
            with self.figures.lock:
                self.figures.lost_carts += 1
            return
        self.figures.note("order", answer, 201)
        if answer.status == 201:
            self._write_down(answer.json(), key)

    def _write_down(self, order: dict, key: str) -> None:
        with self.figures.lock:
            self.figures.acknowledged.append(time.monotonic())
            if self.journal is None:
                return
            entry = {
                "run": self.run, "sale": order["id"], "key": key, "order_id": order["id"],
                "total": order["total"]["amount"], "currency": order["total"]["currency"],
                "lines": [
                    {"sku": line["sku"], "quantity": line["quantity"], "unit_price": line["unit_price"]["amount"]} for line in order["items"]
                ],
            }
            with self.journal.open("a") as file:
                file.write(json.dumps(entry) + "\n")


def is_passing(answer: Answer) -> bool:
    return answer.status in PASSING or answer.status == 0
