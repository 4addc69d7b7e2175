"""Shopping trips through Souk: browse, search, look, fill a cart, log in, pay, order, wait for the confirmation.

`make load` runs it and writes a report. By hand, with Locust's own page: SOUK_SHOP=.souk/shop.json locust -f locustfile.py
"""

import itertools
import random
import time
import uuid
from datetime import datetime

import gevent
from locust import FastHttpUser, LoadTestShape, task

from souk_load.preparation import PASSWORD, Grounds, prepare
from souk_load.recorder import FAILED, OK, SHED, Recorder
from souk_load.settings import Settings
from souk_load.shapes import planned_users

SETTINGS = Settings.read()
RECORDER = Recorder()
ADDRESS = {"name": "Ada", "line1": "1 Bazaar Street", "city": "London", "postcode": "N1 1AA", "country": "GB"}
APPROVED, DECLINED = "4242424242424242", "4000000000000002"
# One shopper in ten is new, one card in twenty is declined. Of those who were here before, three in ten type their password
# again; the browsers of the others still have their session, and renew it.
NEW_SHOPPERS, TYPED_PASSWORDS, DECLINED_CARDS = 0.1, 0.3, 0.05
# Of those who do not buy, one in ten leaves something in a cart.
LEFT_CARTS = 0.1
FINAL = {"confirmed", "cancelled"}
SHED_ATTEMPTS, PATIENCE_SECONDS = 5, 30


class TripFailed(Exception):
    """A step that the trip needs was refused. It has been noted."""


class Arrivals(LoadTestShape):
    """Locust asks each second how many shoppers there should be."""

    def tick(self):
        wanted = planned_users(SETTINGS.shape, SETTINGS.users, SETTINGS.duration, self.get_run_time())
        return None if wanted is None else (wanted, max(1, wanted))


class Shopper(FastHttpUser):
    """Somebody who sets out for a shopping trip at a fixed pace, whether or not the shop was quick the last time.

    Within a trip a shopper waits for each answer and thinks before the next click. When a trip outlasts the pace, the
    next one begins late; the report says how many did, because then the shop is asked less than was planned.
    """

    host = SETTINGS.shop["url"]
    connection_timeout, network_timeout = 5, 35
    grounds = Grounds()
    numbers = itertools.count()

    def on_start(self):
        if not self.grounds.accounts:
            type(self).grounds = prepare(SETTINGS)
        self.email = self.grounds.accounts[next(self.numbers) % len(self.grounds.accounts)]
        self.refresh_token: str | None = None
        self.weights = [1 / place for place in range(1, len(self.grounds.products) + 1)]
        self.planned = time.monotonic()

    def wait_time(self):
        return max(0, self.planned - time.monotonic())

    @task
    def trip(self):
        now = time.monotonic()
        RECORDER.trip_began(now, max(0, now - self.planned))
        self.planned = max(self.planned, now - SETTINGS.pace) + SETTINGS.pace
        self.token = self.guest = None
        buys = random.random() < SETTINGS.buyers
        try:
            self.look_around()
            outcome = "looked around"
            if buys or random.random() < LEFT_CARTS:
                self.fill_cart()
                outcome = "left a cart"
            if buys:
                self.identify()
                outcome = self.buy()
        except TripFailed:
            outcome = "given up"
        RECORDER.trip_ended(outcome)

    # MARK: The trip

    def look_around(self):
        self.ask("GET", "/v1/products?limit=20", "GET /v1/products")
        for _ in range(2):
            word = random.choice(random.choice(self.grounds.products)["name"].split())
            self.think()
            self.ask("GET", f"/v1/products?query={word}", "GET /v1/products?query=")
        for _ in range(3):
            self.look_at(self.popular())

    def fill_cart(self):
        for sku in {self.popular() for _ in range(2)}:
            self.look_at(sku)
            self.think()
            item = {"sku": sku, "quantity": random.choice((1, 1, 2))}
            self.ask("POST", "/v1/cart/items", body=item)
        self.think()
        self.ask("GET", "/v1/cart")
        self.think()
        self.ask("PUT", f"/v1/cart/items/{sku}", "PUT /v1/cart/items/{sku}", body={"quantity": 1})

    def identify(self):
        if random.random() < NEW_SHOPPERS:
            self.email, self.refresh_token = f"new-{uuid.uuid4().hex}@example.com", None
            self.think()
            self.ask("POST", "/v1/accounts", body={"email": self.email, "password": PASSWORD, "name": "Ada"}, expected=201)
        # A refresh token is good for one answer: whatever becomes of it, it is not sent again.
        refresh_token, self.refresh_token = self.refresh_token, None
        if refresh_token and random.random() >= TYPED_PASSWORDS:
            pair = self.ask("POST", "/v1/tokens", body={"refresh_token": refresh_token}, expected=201)
        else:
            self.think()
            pair = self.ask("POST", "/v1/sessions", body={"email": self.email, "password": PASSWORD}, expected=201)
        self.token, self.refresh_token = pair["access_token"], pair["refresh_token"]
        self.ask("POST", "/v1/cart/merge")
        self.guest = None
        self.ask("GET", "/v1/cart")

    def buy(self):
        number = DECLINED if random.random() < DECLINED_CARDS else APPROVED
        card = {"number": number, "exp_month": 12, "exp_year": 2035, "cvc": "123"}
        self.think()
        method = self.ask("POST", "/v1/payment-methods", body={"card": card}, expected=201)["id"]
        self.think()
        order = self.ask(
            "POST", "/v1/orders", body={"payment_method": method, "shipping_address": ADDRESS}, expected=201,
            key=str(uuid.uuid4()),
        )
        order = self.track(order["id"])
        if order["status"] == "confirmed":
            RECORDER.confirmed(time.monotonic(), seconds_to_confirm(order["timeline"]))
        self.think()
        self.ask("GET", "/v1/orders")
        return order["status"] if order["status"] == "confirmed" else order["cancel_reason"]

    def track(self, number: str) -> dict:
        """Asks for the order as its page does: soon, then less often."""
        end = time.monotonic() + PATIENCE_SECONDS
        pause = 0.25
        while time.monotonic() < end:
            gevent.sleep(pause)
            order = self.ask("GET", f"/v1/orders/{number}", "GET /v1/orders/{id}")
            if order["status"] in FINAL:
                return order
            pause = min(2, pause * 1.5)
        RECORDER.request(time.monotonic(), "an order is decided", PATIENCE_SECONDS, FAILED, "not within 30 s")
        raise TripFailed

    # MARK: Steps

    def popular(self) -> str:
        """A product, the first ones much more often, as in real shops."""
        return random.choices(self.grounds.products, self.weights)[0]["sku"]

    def look_at(self, sku: str):
        self.think()
        self.ask("GET", f"/v1/products/{sku}", "GET /v1/products/{sku}")

    def think(self):
        if SETTINGS.think:
            gevent.sleep(SETTINGS.think * random.uniform(0.5, 1.5))

    def ask(self, method: str, path: str, route: str | None = None, body=None, expected: int = 200, key: str | None = None):
        """One request as a patient client makes it: what was shed with Retry-After is asked again after that time."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if self.guest:
            headers["Souk-Cart"] = self.guest
        if key:
            headers["Idempotency-Key"] = key
        route = route or f"{method} {path}"
        for _ in range(SHED_ATTEMPTS):
            start = time.monotonic()
            with self.client.request(method, path, name=route, json=body, headers=headers, catch_response=True) as answer:
                now = time.monotonic()
                if answer.status_code == expected:
                    answer.success()
                    RECORDER.request(now, route, now - start, OK)
                    self.guest = answer.headers.get("Souk-Cart") or self.guest
                    return answer.json()
                answer.failure(f"status {answer.status_code}")
                if answer.status_code not in (429, 503):
                    RECORDER.request(now, route, now - start, FAILED, f"{answer.status_code} {answer.text or answer.error}"[:200])
                    raise TripFailed
                RECORDER.request(now, route, now - start, SHED)
                gevent.sleep(float(answer.headers.get("Retry-After", 1)) * random.uniform(1, 1.5))
        raise TripFailed


def seconds_to_confirm(timeline: list[dict]) -> float:
    times = {entry["status"]: datetime.fromisoformat(entry["at"]) for entry in timeline}
    return (times["confirmed"] - times["placed"]).total_seconds()
