"""The running shop, as the contract tests see it: where it is, who may log in, and what is on its shelves."""

import dataclasses
import json
import pathlib
import secrets
import time

import requests
from requests.adapters import HTTPAdapter

ROOT = pathlib.Path(__file__).resolve().parents[2]

# service, its name in the path of its document, its folder
SERVICES = {
    "login": ("login", "Login"),
    "catalog": ("catalog", "Catalog"),
    "cart": ("cart", "Cart"),
    "payments": ("payments", "Payments"),
    "order-tracking": ("orders", "OrderTracking"),
}

PASSWORD = "a contract is a promise"
ADDRESS = {"name": "Connie Tract", "line1": "1 Clause Row", "city": "London", "postcode": "N1 1AA", "country": "GB"}

# Failed logins are limited by address. The tests come from one of their own, so that what they get wrong is nobody else's loss.
SOURCE = "127.0.0.77"


class PatientAdapter(HTTPAdapter):
    """Connects from the tests' own loopback address, and asks again when the shop is too busy for the moment.

    A promise that is broken is broken at the sixth time as well.
    """

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, source_address=(SOURCE, 0), **kwargs)

    def send(self, request, **kwargs):
        for _ in range(5):
            answer = super().send(request, **kwargs)
            if answer.status_code not in (503, 504):
                return answer
            answer.close()
            time.sleep(min(int(answer.headers.get("Retry-After", 1)), 5))
        return super().send(request, **kwargs)


def document_file(service: str) -> pathlib.Path:
    return ROOT / "Services" / SERVICES[service][1] / "Service" / "OpenAPI" / "openapi.json"


@dataclasses.dataclass
class Client:
    """Speaks to the shop as somebody."""

    url: str
    token: str | None = None

    def __post_init__(self):
        self.session = requests.Session()
        self.session.mount("http://", PatientAdapter())

    def call(self, method: str, path: str, body=None, **headers: str) -> requests.Response:
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.session.request(method, self.url + path, json=body, headers=names, timeout=40)

    def must(self, status: int, method: str, path: str, body=None, **headers: str) -> requests.Response:
        answer = self.call(method, path, body, **headers)
        if answer.status_code != status:
            raise RuntimeError(f"{method} {path} should have been answered {status}: {answer.status_code} {answer.text}")
        return answer


@dataclasses.dataclass
class Fixtures:
    """What the shop has for the tests: real values that are mixed into the generated ones, so that these get deep."""

    url: str
    tokens: dict[str, str] = dataclasses.field(default_factory=dict)
    email: str = ""
    skus: list[str] = dataclasses.field(default_factory=list)
    cards: list[str] = dataclasses.field(default_factory=list)
    orders: list[str] = dataclasses.field(default_factory=list)
    foreign_orders: list[str] = dataclasses.field(default_factory=list)
    carts: list[str] = dataclasses.field(default_factory=list)
    webhook_secret: str = ""

    @staticmethod
    def load(path: str) -> "Fixtures":
        return Fixtures(**json.loads(pathlib.Path(path).read_text(encoding="utf-8")))

    def save(self, path: pathlib.Path) -> None:
        path.touch(mode=0o600)
        path.write_text(json.dumps(dataclasses.asdict(self)), encoding="utf-8")


class Stage:
    """Sets the shop up for the tests through its public API."""

    def __init__(self, shop_file: pathlib.Path):
        self.shop = json.loads(shop_file.read_text(encoding="utf-8"))
        self.fixtures = Fixtures(self.shop["url"])
        secret = shop_file.parent / "secrets" / "psp-webhook"
        if secret.exists():
            self.fixtures.webhook_secret = secret.read_text(encoding="utf-8").strip()

    def login(self, email: str, password: str) -> str:
        client = Client(self.shop["url"])
        return client.must(201, "POST", "/v1/sessions", {"email": email, "password": password}).json()["access_token"]

    def shopper(self) -> tuple[str, Client]:
        email = f"contract-{secrets.token_hex(6)}@test.example"
        client = Client(self.shop["url"])
        client.must(201, "POST", "/v1/accounts", {"email": email, "password": PASSWORD, "name": "Connie Tract"})
        client.token = self.login(email, PASSWORD)
        return email, client

    def prepare(self) -> Fixtures:
        staff = Client(self.shop["url"], self.login(**self.shop["staff"]))
        email, shopper = self.shopper()
        _, other = self.shopper()
        fixtures = self.fixtures
        fixtures.email = email
        fixtures.tokens = {"shopper": shopper.token, "staff": staff.token}
        run = secrets.token_hex(3).upper()
        for number in range(3):
            product = {"sku": f"CONTRACT-{run}-{number}", "name": f"Clause {number}", "stock": 1_000_000}
            product |= {"description": "For tests.", "price": {"amount": 100 + number, "currency": "GBP"}}
            fixtures.skus.append(staff.must(201, "POST", "/v1/products", product).json()["sku"])
        guest = Client(self.shop["url"])
        for _ in range(2):
            answer = guest.must(200, "POST", "/v1/cart/items", {"sku": fixtures.skus[0], "quantity": 1})
            fixtures.carts.append(answer.headers["Souk-Cart"])
        fixtures.cards.append(card(shopper))
        for wanted in ("confirmed", "confirmed", "shipped", "delivered", "cancelled"):
            fixtures.orders.append(self.order(shopper, fixtures.cards[0], staff, wanted))
        fixtures.foreign_orders.append(self.order(other, card(other), staff, "confirmed"))
        return fixtures

    def order(self, shopper: Client, method: str, staff: Client, wanted: str) -> str:
        order = place(shopper, self.fixtures.skus[0], method)
        path = f"/v1/orders/{order}"
        if wanted == "cancelled":
            shopper.must(202, "POST", f"{path}/cancel")
            reach(shopper, order, "cancelled")
        if wanted in ("shipped", "delivered"):
            staff.must(201, "POST", f"{path}/shipments", {"carrier": "Test Mail", "tracking_number": "T1"})
            reach(shopper, order, "shipped")
        if wanted == "delivered":
            staff.must(200, "POST", f"{path}/delivery")
        return order


def card(client: Client) -> str:
    body = {"card": {"number": "4242424242424242", "exp_month": 12, "exp_year": 2040, "cvc": "123"}}
    return client.must(201, "POST", "/v1/payment-methods", body).json()["id"]


def place(client: Client, sku: str, method: str) -> str:
    client.must(200, "POST", "/v1/cart/items", {"sku": sku, "quantity": 1})
    body = {"payment_method": method, "shipping_address": ADDRESS}
    key = secrets.token_hex(16)
    answer = client.must(201, "POST", "/v1/orders", body, Idempotency_Key=key, Prefer="wait=20").json()
    return reach(client, answer["id"], "confirmed")


def reach(client: Client, order: str, wanted: str) -> str:
    """Waits until an order has a status, 30 seconds at most."""
    end = time.monotonic() + 30
    while True:
        status = client.must(200, "GET", f"/v1/orders/{order}").json()["status"]
        if status == wanted:
            return order
        if time.monotonic() > end:
            raise RuntimeError(f"{order} is {status}, not {wanted}")
        time.sleep(0.1)
