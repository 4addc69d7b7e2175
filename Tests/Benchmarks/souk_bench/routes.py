"""What one request of each route costs: the CPU of all processes, with what it sets off behind it."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable

from .http import Answer, Client, side_by_side
from .processes import Processes, spent
from .shop import ADDRESS, CARD, Crowd, Customer, ShopError, expect

WIDTH = 8
# Events, and what they set off, have gone by.
SETTLE_SECONDS = 1.5
IDLE_SECONDS = 10


class RouteCosts:
    """Customers go through the shop in step: all do the same, then all do the next thing."""

    def __init__(self, client: Client, crowd: Crowd, skus: list[str], processes: Processes):
        self.client, self.crowd, self.skus, self.processes = client, crowd, skus, processes
        self.guests: dict[str, str] = {}
        self.orders: dict[str, str] = {}
        self.costs: dict[str, dict[str, float]] = {}
        # CPU seconds of a second in which nobody asks for anything.
        self.idle: dict[str, float] = {}

    async def measure(self) -> dict[str, dict[str, float]]:
        """CPU seconds of one request, by route and process."""
        # What the registrations set off is not what an idle shop spends.
        await asyncio.sleep(2 * SETTLE_SECONDS)
        seconds = IDLE_SECONDS + SETTLE_SECONDS
        self.idle = {name: cpu / seconds for name, cpu in (await self.spent_while(lambda: asyncio.sleep(IDLE_SECONDS))).items()}
        self.costs["nothing, for a second"] = self.idle
        people = self.crowd.customers
        await self.cost("GET /v1/products/{sku}", people * 5, lambda person: self.get(f"/v1/products/{self.sku(person)}"))
        await self.cost("GET /v1/products", people * 5, lambda person: self.get("/v1/products?limit=20"))
        await self.cost("GET /v1/products?query=", people * 5, lambda person: self.get("/v1/products?query=lantern"))
        await self.cost("POST /v1/cart/items (a guest's first)", people, self.begin_cart)
        await self.cost("POST /v1/cart/items", people, lambda person: self.add(person, 1))
        await self.cost("PUT /v1/cart/items/{sku}", people, self.change)
        await self.cost("GET /v1/cart", people * 3, lambda person: self.get("/v1/cart", Souk_Cart=self.guests[person.email]))
        await self.cost("POST /v1/sessions", people[:40], self.log_in)
        await self.cost("POST /v1/tokens", people, self.renew)
        await self.cost("POST /v1/cart/merge", people, self.merge)
        await self.cost("POST /v1/payment-methods", people, self.give_card)
        await self.cost("POST /v1/orders, to the confirmation", people, self.order)
        await self.cost("GET /v1/orders/{id}", people * 3, self.look_at_order)
        await self.cost("GET /v1/orders", people * 3, lambda person: self.get("/v1/orders", person))
        return self.costs

    async def cost(self, route: str, people: list[Customer], request: Callable[[Customer], Awaitable]) -> None:
        """Counts what is spent beyond what an idle shop spends in the same time."""
        began = time.monotonic()
        cpu = await self.spent_while(lambda: side_by_side(people, WIDTH, request))
        elapsed = time.monotonic() - began
        self.costs[route] = {name: max(0, seconds - self.idle[name] * elapsed) / len(people) for name, seconds in cpu.items()}

    async def spent_while(self, work: Callable[[], Awaitable]) -> dict[str, float]:
        before = self.processes.cpu()
        await work()
        await asyncio.sleep(SETTLE_SECONDS)
        return spent(before, self.processes.cpu())

    # MARK: Requests

    def sku(self, person: Customer, place: int = 0) -> str:
        return self.skus[(hash(person.email) + place) % len(self.skus)]

    async def get(self, path: str, person: Customer | None = None, **headers: str) -> None:
        expect(await self.client.request("GET", path, None, person and person.token, **headers), 200)

    async def look_at_order(self, person: Customer) -> None:
        """Also says whether all of the order was counted: it was confirmed by the time the counting ended."""
        answer = await self.client.request("GET", f"/v1/orders/{self.orders[person.email]}", None, person.token)
        status = expect(answer, 200)["status"]
        if status != "confirmed":
            raise ShopError(f"an order was still {status} when its CPU had been counted: the machine is too busy to count it")

    async def begin_cart(self, person: Customer) -> None:
        item = {"sku": self.sku(person), "quantity": 1}
        answer = await self.client.request("POST", "/v1/cart/items", item)
        expect(answer, 200)
        self.guests[person.email] = answer.headers[b"souk-cart"].decode()

    async def add(self, person: Customer, place: int) -> None:
        item = {"sku": self.sku(person, place), "quantity": 1}
        expect(await self.client.request("POST", "/v1/cart/items", item, Souk_Cart=self.guests[person.email]), 200)

    async def change(self, person: Customer) -> None:
        path = f"/v1/cart/items/{self.sku(person)}"
        expect(await self.client.request("PUT", path, {"quantity": 2}, Souk_Cart=self.guests[person.email]), 200)

    async def log_in(self, person: Customer) -> None:
        self.take_tokens(person, await self.client.request("POST", "/v1/sessions", {"email": person.email, "password": Crowd.PASSWORD}))

    async def renew(self, person: Customer) -> None:
        self.take_tokens(person, await self.client.request("POST", "/v1/tokens", {"refresh_token": person.refresh_token}))

    def take_tokens(self, person: Customer, answer: Answer) -> None:
        pair = expect(answer, 201)
        person.token, person.refresh_token = pair["access_token"], pair["refresh_token"]

    async def merge(self, person: Customer) -> None:
        guest = self.guests[person.email]
        expect(await self.client.request("POST", "/v1/cart/merge", None, person.token, Souk_Cart=guest), 200)

    async def give_card(self, person: Customer) -> None:
        person.card = expect(await self.client.request("POST", "/v1/payment-methods", CARD, person.token), 201)["id"]

    async def order(self, person: Customer) -> None:
        body = {"payment_method": person.card, "shipping_address": ADDRESS}
        answer = await self.client.request("POST", "/v1/orders", body, person.token, Idempotency_Key=str(uuid.uuid4()))
        self.orders[person.email] = expect(answer, 201)["id"]
