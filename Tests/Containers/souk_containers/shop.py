"""The shop as a shopper meets it: HTTP on the published port, with one connection for each shopper."""

import http.client
import json
import time
import uuid
from dataclasses import dataclass, field

CARD = {"card": {"number": "4242424242424242", "exp_month": 12, "exp_year": 2035, "cvc": "123"}}
ADDRESS = {"name": "Ada", "line1": "1 Bazaar Street", "city": "London", "postcode": "N1 1AA", "country": "GB"}
PASSWORD = "correct horse battery"
PASSING = {408, 429, 500, 502, 503, 504}


class Refused(Exception):
    """The shop gave an answer that asking again will not change."""


@dataclass
class Answer:
    """What came back; status 0 stands for no answer at all."""

    status: int
    body: bytes
    seconds: float
    problem: str = ""

    def json(self) -> dict:
        return json.loads(self.body)


@dataclass
class Connection:
    """One keep-alive connection, opened again when it is lost."""

    port: int
    timeout: float = 20
    _connection: http.client.HTTPConnection | None = None

    def request(self, method: str, path: str, body: dict | None = None, token: str = "", **headers: str) -> Answer:
        fields = {"Accept": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            fields["Authorization"] = f"Bearer {token}"
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            fields["Content-Type"] = "application/json"
        start = time.monotonic()
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            self._connection.request(method, path, data, fields)
            response = self._connection.getresponse()
            content = response.read()
            if response.will_close:
                self.close()
            return Answer(response.status, content, time.monotonic() - start)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return Answer(0, b"", time.monotonic() - start, f"{type(error).__name__}: {error}")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def expect(answer: Answer, *statuses: int) -> dict:
    if answer.status not in statuses:
        raise Refused(f"{answer.status or answer.problem} instead of {statuses}: {answer.body[:300]!r}")
    return answer.json() if answer.body else {}


def insist(send, patience: float = 120) -> Answer:
    """Sends until there is an answer that asking again will not change, with the pauses of a patient client."""
    end = time.monotonic() + patience
    pause = 0.05
    while True:
        answer = send()
        if answer.status not in PASSING | {0} or time.monotonic() > end:
            return answer
        time.sleep(pause)
        pause = min(pause * 2, 1.0)


@dataclass
class Shopper:
    """Somebody with an account and a card."""

    connection: Connection
    email: str = field(default_factory=lambda: f"container-{uuid.uuid4().hex[:12]}@example.com")
    token: str = ""
    card: str = ""
    logged_in: float = 0.0

    def register(self) -> None:
        person = {"email": self.email, "password": PASSWORD, "name": "Ada"}
        expect(insist(lambda: self.connection.request("POST", "/v1/accounts", person)), 201)
        self.log_in()
        method = expect(insist(lambda: self.connection.request("POST", "/v1/payment-methods", CARD, self.token)), 201)
        self.card = method["id"]

    def log_in(self) -> None:
        login = {"email": self.email, "password": PASSWORD}
        self.token = expect(insist(lambda: self.connection.request("POST", "/v1/sessions", login)), 201)["access_token"]
        self.logged_in = time.monotonic()

    def stay_logged_in(self) -> None:
        """Access tokens hold for a quarter of an hour."""
        if time.monotonic() - self.logged_in > 600:
            self.log_in()

    def order_request(self) -> tuple[dict, str]:
        return {"payment_method": self.card, "shipping_address": ADDRESS}, str(uuid.uuid4())


def stock_shelves(connection: Connection, staff: dict, count: int, pieces: int) -> list[str]:
    """Staff adds products of the test's own with plenty of stock; returns their codes."""
    token = expect(insist(lambda: connection.request("POST", "/v1/sessions", staff)), 201)["access_token"]
    skus = [f"BOX-{uuid.uuid4().hex[:8].upper()}" for _ in range(count)]
    for number, sku in enumerate(skus):
        product = {
            "sku": sku, "name": f"Boxed lantern {number}", "description": "Pierced brass, in a box.", "stock": pieces,
            "price": {"amount": 1_995 + number, "currency": "GBP"},
        }
        expect(insist(lambda product=product: connection.request("POST", "/v1/products", product, token)), 201)
    return skus
