"""What must be there before the first shopper comes: accounts, and stock that cannot run out by accident."""

import http.client
import json
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .settings import Settings
from .shapes import most_users

PASSWORD = "correct horse battery"
# Of one product a trip takes three pieces at most.
PIECES_PER_TRIP = 3


@dataclass
class Grounds:
    """What the shoppers find and bring."""

    products: list[dict] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)


def prepare(settings: Settings) -> Grounds:
    people = most_users(settings.shape, settings.users)
    print(f"Preparing {people} accounts and the stock", flush=True)
    grounds = Grounds(products=stock(settings, people))
    run = uuid.uuid4().hex[:8]
    emails = [f"load-{run}-{number}@example.com" for number in range(people)]
    with ThreadPoolExecutor(4) as pool:
        for done, _ in enumerate(pool.map(lambda email: register(settings.shop["url"], email), emails), 1):
            if done % 100 == 0:
                print(f"  {done} accounts", flush=True)
    grounds.accounts = emails
    return grounds


def stock(settings: Settings, people: int) -> list[dict]:
    """Brings every product to more pieces than all trips together could buy; returns the products."""
    url = settings.shop["url"]
    token = call(url, "POST", "/v1/sessions", settings.shop["staff"], expected=201)["access_token"]
    # Without think times a trip takes a tenth of a second at the least.
    trips = people * (settings.duration / max(settings.pace, 0.1) + 1)
    wanted = int(trips * PIECES_PER_TRIP)
    products, cursor = [], ""
    while cursor is not None:
        page = call(url, "GET", f"/v1/products?limit=100{cursor and '&cursor=' + cursor}")
        products += page["items"]
        cursor = page["next_cursor"]
    if not products:
        sys.exit("The shop has no products; 'make up' fills the shelves.")
    for product in products:
        if product["available"] < wanted:
            delta = {"delta": wanted - product["available"]}
            call(url, "POST", f"/v1/products/{product['sku']}/stock", delta, token, Idempotency_Key=str(uuid.uuid4()))
    return products


def register(url: str, email: str) -> None:
    call(url, "POST", "/v1/accounts", {"email": email, "password": PASSWORD, "name": "Ada"}, expected=201)


def call(url: str, method: str, path: str, body=None, token=None, expected: int = 200, **headers: str) -> dict:
    """One request; what the shop sheds (429, 503) is asked again."""
    parts = urlsplit(url)
    sent = {name.replace("_", "-"): value for name, value in headers.items()} | {"Content-Type": "application/json"}
    if token:
        sent["Authorization"] = f"Bearer {token}"
    for _ in range(20):
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status == expected:
            return json.loads(text)
        if answer.status not in (429, 503):
            break
        time.sleep(1)
    sys.exit(f"{method} {path} was answered {answer.status}: {text[:300].decode(errors='replace')}")
