"""The running shop, as `.souk/shop.json` describes it, and people who shop there."""

import asyncio
import json
import sys
import uuid
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from .http import Answer, Client, side_by_side

CARD = {"card": {"number": "4242424242424242", "exp_month": 12, "exp_year": 2035, "cvc": "123"}}
ATTEMPTS = 8
ADDRESS = {"name": "Ada", "line1": "1 Bazaar Street", "city": "London", "postcode": "N1 1AA", "country": "GB"}


class ShopError(Exception):
    """The shop answered something else than the benchmark needs."""


@dataclass
class Shop:
    """What shop.json says."""

    home: Path
    url: str
    staff: dict
    databases: dict[str, str]
    services: dict[str, list[dict]]

    @classmethod
    def read(cls, home: Path) -> "Shop":
        file = home / "shop.json"
        if not file.exists():
            sys.exit(f"There is no {file}: the shop does not run.")
        content = json.loads(file.read_text())
        shop = cls(home, content["url"], content["staff"], content["databases"], content["services"])
        shop.require_loopback()
        return shop

    def require_loopback(self) -> None:
        host = urlsplit(self.url).hostname or ""
        if host != "localhost" and not ip_address(host).is_loopback:
            sys.exit(f"{self.url} is not on this machine: only a shop on a loopback address is measured.")


@dataclass
class Customer:
    """Somebody with an account, a card, and tokens that hold for a quarter of an hour."""

    email: str
    token: str = ""
    refresh_token: str = ""
    card: str = ""


def expect(answer: Answer, *statuses: int) -> dict:
    if answer.status not in statuses:
        raise ShopError(f"{answer.status} instead of {statuses}: {answer.body[:300]!r}")
    return json.loads(answer.body) if answer.body else {}


async def patiently(client: Client, *request, **headers: str) -> Answer:
    """Asks again what a busy machine's shop has shed or was too slow for; all that is asked here may be repeated."""
    for attempt in range(ATTEMPTS):
        answer = await client.request(*request, **headers)
        if answer.status not in (429, 503):
            break
        await asyncio.sleep(0.1 * 2**attempt)
    return answer


class Crowd:
    """Customers, made through the public API as everybody's accounts are."""

    PASSWORD = "correct horse battery"

    def __init__(self, client: Client):
        self.client = client
        self.customers: list[Customer] = []

    async def register(self, count: int) -> None:
        run = uuid.uuid4().hex[:10]
        emails = [f"bench-{run}-{number}@example.com" for number in range(count)]
        self.customers += await side_by_side(emails, 4, self.new_customer)

    async def new_customer(self, email: str) -> Customer:
        person = {"email": email, "password": self.PASSWORD, "name": "Ada"}
        expect(await patiently(self.client, "POST", "/v1/accounts", person), 201)
        login = {"email": email, "password": self.PASSWORD}
        session = expect(await patiently(self.client, "POST", "/v1/sessions", login), 201)
        customer = Customer(email, session["access_token"], session["refresh_token"])
        card = expect(await patiently(self.client, "POST", "/v1/payment-methods", CARD, customer.token), 201)
        customer.card = card["id"]
        return customer

    async def renew_tokens(self) -> None:
        """Access tokens hold for a quarter of an hour, which is less than a benchmark may take."""

        async def renew(customer: Customer) -> None:
            body = {"refresh_token": customer.refresh_token}
            pair = expect(await patiently(self.client, "POST", "/v1/tokens", body), 201)
            customer.token, customer.refresh_token = pair["access_token"], pair["refresh_token"]

        await side_by_side(self.customers, 8, renew)

    async def fill_carts(self, skus: list[str], lines: int) -> None:
        """Puts `lines` different products into everybody's cart, other ones for each customer."""

        async def fill(place: int) -> None:
            customer = self.customers[place]
            for line in range(lines):
                sku = skus[(place * lines + line) % len(skus)]
                path = f"/v1/cart/items/{sku}"
                expect(await patiently(self.client, "PUT", path, {"quantity": 1}, customer.token), 200)

        await side_by_side(range(len(self.customers)), 16, fill)

    async def place_orders(self, width: int) -> list[str]:
        """Everybody orders, `width` at the same time; returns the orders' ids."""

        async def place(customer: Customer) -> str:
            order = {"payment_method": customer.card, "shipping_address": ADDRESS}
            key = str(uuid.uuid4())
            answer = await patiently(self.client, "POST", "/v1/orders", order, customer.token, Idempotency_Key=key)
            return expect(answer, 201)["id"]

        return await side_by_side(self.customers, width, place)


async def stock_shelves(client: Client, staff: dict, count: int, pieces: int) -> list[str]:
    """Staff adds products of the benchmark's own with plenty of stock; returns their codes."""
    session = expect(await client.request("POST", "/v1/sessions", staff), 201)
    run = uuid.uuid4().hex[:6].upper()
    skus = [f"BENCH-{run}-{number}" for number in range(count)]
    for sku in skus:
        product = {
            "sku": sku, "name": f"Measured lantern {sku}", "stock": pieces,
            "description": "Pierced brass with amber glass; throws a pattern of stars on the wall.",
            "price": {"amount": 3_495, "currency": "GBP"},
        }
        expect(await patiently(client, "POST", "/v1/products", product, session["access_token"]), 201)
    return skus
