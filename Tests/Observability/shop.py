"""A running shop: its API, its processes and its databases."""

import contextlib
import http.client
import json
import os
import pathlib
import subprocess
import urllib.error
import urllib.request
import uuid

ADDRESS = {"name": "Test Shopper", "line1": "1 Bazaar Lane", "city": "Souk", "postcode": "SK1 1AA", "country": "GB"}
CARD = {"exp_month": 12, "exp_year": 2040, "cvc": "123"}


class Shop:
    """The shop that SOUK_TEST_SHOP describes and SOUK_TEST_LOCAL controls."""

    def __init__(self):
        self.file = pathlib.Path(os.environ["SOUK_TEST_SHOP"])
        self.home = self.file.parent
        self.root = pathlib.Path(__file__).resolve().parents[2]
        self.about = json.loads(self.file.read_text())
        self.url = self.about["url"]
        self.base = int((self.home / "port-base").read_text())

    # Its API

    def call(self, method: str, path: str, body=None, token: str | None = None, **headers: str) -> tuple[int, dict]:
        """One request; the answer's status (0 when there is none) and body."""
        headers = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = None if body is None else json.dumps(body).encode()
        url = path if "://" in path else self.url + path
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text.startswith(b"{") else {}
        except urllib.error.HTTPError as error:
            with contextlib.suppress(OSError, http.client.HTTPException):
                error.read()
            return error.code, {}
        except (OSError, http.client.HTTPException):
            return 0, {}

    def must(self, status: int, *arguments, **more) -> dict:
        """A request that has to be answered with a status."""
        got, answer = self.call(*arguments, **more)
        assert got == status, f"{arguments[:2]} was answered {got}"
        return answer

    def staff(self) -> str:
        """A token of the staff."""
        return self.must(201, "POST", "/v1/sessions", self.about["staff"])["access_token"]

    # Its processes

    def control(self, *arguments: str) -> str:
        """Asks the supervisor: stop cart-1, start cart-1 …"""
        tool = self.root / "deploy/local/tools/supervisor.py"
        return subprocess.run(
            ["/usr/bin/python3", "-I", tool, self.home / "run/supervisor.sock", *arguments], check=True, capture_output=True, text=True
        ).stdout

    def kill(self, name: str) -> None:
        """Ends a process as a crash would; the supervisor starts it again."""
        subprocess.run([os.environ["SOUK_TEST_LOCAL"], "kill", name], check=True, capture_output=True)

    # Its databases

    def sql(self, database: str, statement: str, server: str = "primary") -> str:
        """Runs SQL as the superuser; only in a shop that is thrown away."""
        return subprocess.run(self._psql(database, server) + ["-c", statement], check=True, capture_output=True, text=True, env=self._environment()).stdout.strip()

    def _psql(self, database: str, server: str) -> list[str]:
        port = self.base + (10 if server == "primary" else 11)
        return ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-d", database]

    def _environment(self) -> dict:
        return os.environ | {"PGPASSWORD": (self.home / "secrets/postgres").read_text().strip(), "PGCONNECT_TIMEOUT": "3"}


class Shopper:
    """Somebody who is logged in and has a card."""

    def __init__(self, shop: Shop):
        self.shop = shop
        credentials = {"email": f"watcher-{uuid.uuid4()}@test.example", "password": "correct horse battery staple"}
        shop.must(201, "POST", "/v1/accounts", credentials | {"name": "Test Shopper"})
        self.token = shop.must(201, "POST", "/v1/sessions", credentials)["access_token"]
        self.card = self.add_card("4242424242424242")

    def add_card(self, number: str) -> str:
        """Adds a payment method and returns its id."""
        return self.shop.must(201, "POST", "/v1/payment-methods", {"card": CARD | {"number": number}}, self.token)["id"]

    def fill(self, sku: str) -> int:
        """Puts one piece into the cart."""
        return self.shop.call("POST", "/v1/cart/items", {"sku": sku, "quantity": 1}, self.token)[0]

    def order(self, card: str | None = None, wait: int | None = None) -> tuple[int, dict]:
        """Orders what is in the cart."""
        headers = {"Idempotency_Key": str(uuid.uuid4())} | ({"Prefer": f"wait={wait}"} if wait else {})
        return self.shop.call("POST", "/v1/orders", {"payment_method": card or self.card, "shipping_address": ADDRESS}, self.token, **headers)

    def buy(self, sku: str, **more) -> str:
        """Fills the cart and orders; the order's id."""
        assert self.fill(sku) == 200
        status, order = self.order(**more)
        assert status == 201, f"the order was answered {status}"
        return order["id"]
