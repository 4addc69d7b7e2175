"""What schemathesis is told about this shop: who calls, which values are real, and what else must hold for every answer.

Generated values that fit their schema are often replaced by real ones (an order that is there, a card on file), so that
the calls get past the first check. Which ones is drawn from the value itself: a seed gives the same run again. Values
that break their schema stay as they are.
"""

import base64
import hashlib
import hmac
import os
import re
import secrets
import time
import urllib.parse
import zlib

import documents
import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation
from shop import PASSWORD, ROOT, Client, Fixtures, PatientAdapter

FIXTURES = Fixtures.load(os.environ["SOUK_CONTRACT_FIXTURES"])
ROLE = os.environ["SOUK_CONTRACT_ROLE"]
SERVICE = os.environ["SOUK_CONTRACT_SERVICE"]
PROBLEMS = dict(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", (ROOT / "docs/problems.md").read_text(encoding="utf-8"), re.M))

# Schemathesis opens sessions of its own: they are as patient as ours.
requests.sessions.HTTPAdapter = PatientAdapter


def pick(value: str, real: list[str], often: int = 4):
    """One of the real values, or, one time in `often`, the generated one."""
    number = zlib.crc32(value.encode(errors="surrogatepass"))
    if not real or number % often == 0:
        return value
    return real[number // often % len(real)]


def replace(container, name: str, pattern: str, real: list[str], often: int = 4) -> None:
    """Puts a real value in the place of a generated one that fits its schema."""
    if isinstance(container, dict) and isinstance(container.get(name), str) and re.fullmatch(pattern, container[name]):
        container[name] = pick(container[name], real, often)


# Who calls.

if ROLE in FIXTURES.tokens:

    @schemathesis.auth()
    class Token:
        """The role's access token."""

        def get(self, case, context):
            return FIXTURES.tokens[ROLE]

        def set(self, case, data, context):
            case.headers = case.headers or {}
            case.headers["Authorization"] = f"Bearer {data}"


# Which values are real.

SKU = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
ORDERS = FIXTURES.orders + FIXTURES.foreign_orders


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    replace(path_parameters, "sku", SKU, FIXTURES.skus)
    replace(path_parameters, "id", r"ord_[0-9a-z]{1,64}", ORDERS)
    return path_parameters


@schemathesis.hook
def map_query(context, query):
    replace(query, "order_id", r"(?s).+", ORDERS)
    # A cursor is the server's word, so a made-up one is refused at once. Two of three have its outer form.
    if isinstance(query, dict) and isinstance(query.get("cursor"), str):
        text = query["cursor"].encode(errors="replace")
        inside = base64.urlsafe_b64encode(text).decode().rstrip("=")
        query["cursor"] = pick(query["cursor"], [inside, ""], often=3)
    return query


# What HTTP can carry in a field (RFC 9110, 5.5); the client refuses to send anything else.
FIELD_VALUE = re.compile(r"([!-~\x80-\xff]([\t -~\x80-\xff]*[!-~\x80-\xff])?)?")


def sendable(value):
    """Something else that is wrong in the same place, where the client would not send it."""
    return urllib.parse.quote(value) if isinstance(value, str) and not FIELD_VALUE.fullmatch(value) else value


@schemathesis.hook
def map_headers(context, headers):
    if isinstance(headers, dict):
        headers = {name: sendable(value) for name, value in headers.items()}
    if context.operation is not None:
        # A used key with another body is refused, rightly; most calls should be new ones.
        replace(headers, "Idempotency-Key", r"[!-~]{1,255}", [secrets.token_hex(16)], often=8)
        replace(headers, "If-Match", r"(?s).*", ["*"])
        replace(headers, "Souk-Cart", r"[0-9a-f]{64}", FIXTURES.carts)
    return headers


def lengthen(operation, body) -> None:
    """Makes one text in eight as long as it may be, of characters of several bytes, or of several parts."""
    for owner, name, longest, pattern in documents.bounded_texts(SERVICE, operation.label, body):
        number = zlib.crc32(owner[name].encode(errors="surrogatepass"))
        text = (("e\u0301", "é", "\U0001f511")[number % 3] * longest)[:longest]
        if number // 3 % 8 == 0 and re.search(pattern, text) and re.search(pattern, owner[name]) and len(owner[name]) <= longest:
            owner[name] = text


@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict):
        lengthen(context.operation, body)
        replace(body, "payment_method", r"pm_[0-9a-z]{1,64}", FIXTURES.cards)
        if context.operation.path.startswith("/v1/cart"):
            replace(body, "sku", SKU, FIXTURES.skus)
        if context.operation.path == "/v1/sessions":
            replace(body, "email", r"(?s).*", [FIXTURES.email], often=2)
            replace(body, "password", r"(?s).*", [PASSWORD], often=2)
        if isinstance(body.get("card"), dict):
            replace(body["card"], "number", r"[0-9][0-9 -]{10,62}[0-9]", ["4242424242424242", "5555 5555 5555 4444"])
            year = body["card"].get("exp_year")
            if isinstance(year, int) and not isinstance(year, bool) and 2000 <= year <= 2999:
                body["card"]["exp_year"] = 2040 + year % 50
    return body


@schemathesis.hook
def before_call(context, case, kwargs):
    """What a call needs to have gone before."""
    if case.operation.definition.raw.get("operationId") == "placeOrder" and ROLE in FIXTURES.tokens:
        shopper = Client(FIXTURES.url, FIXTURES.tokens[ROLE])
        shopper.call("POST", "/v1/cart/items", {"sku": FIXTURES.skus[0], "quantity": 1})
        # Waiting for the outcome is tried by the system tests; here it would only take time.
        if "wait" in str((case.headers or {}).get("Prefer", "")):
            case.headers["Prefer"] = "wait=1"
    if case.operation.path == "/v1/payments/webhooks/psp" and case.method == "POST" and FIXTURES.webhook_secret:
        if not case.meta.is_negative_at(ParameterLocation.HEADER):
            kwargs["auth"] = Signature()




class Signature(requests.auth.AuthBase):
    """Signs a webhook as the provider does."""

    def __call__(self, request):
        moment = str(int(time.time()))
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        code = hmac.new(FIXTURES.webhook_secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
        request.headers["PSP-Signature"] = f"t={moment},v1={code}"
        return request


# What must hold for every answer, beside what its document says.


@schemathesis.check
def problems_are_explained(ctx, response, case):
    """An error is a problem whose type docs/problems.md explains, with this status."""
    if response.status_code < 400 or case.method == "HEAD":
        return
    kind = response.headers.get("content-type", [""])[0]
    assert kind == "application/problem+json", f"an error came as {kind!r}"
    problem = response.json()
    assert problem["status"] == response.status_code, f"status {problem['status']} in an answer of {response.status_code}"
    slug = problem["type"].rsplit("/", 1)[-1]
    assert PROBLEMS.get(slug) == str(response.status_code), f"docs/problems.md does not explain {slug} for {response.status_code}"


# The only fields that a schema finds right and the shop wrong: what they name is not there, or does not add up.
DECIDED_BY_THE_SHOP = {
    "addToCart": {"#/sku", "#/quantity"},
    "createPaymentMethod": {"#/card/number", "#/card/exp_year"},
    "createAccount": {"#/email"},
    "listProducts": {"?cursor"}, "listOrders": {"?cursor"}, "listPaymentMethods": {"?cursor"},
}  # fmt: skip


@schemathesis.check
def what_fits_the_schema_is_understood(ctx, response, case):
    """A request that fits its schema is never found to be written wrongly."""
    if response.status_code != 422 or case.meta is None or not case.meta.generation.mode.is_positive:
        return
    problem = response.json()
    if problem["type"].endswith("/invalid"):
        known = DECIDED_BY_THE_SHOP.get(case.operation.definition.raw["operationId"], set())
        wrong = {error["pointer"] for error in problem.get("errors", [])}
        assert wrong and wrong <= known, f"the schema admits what is refused: {problem.get('errors')}"


@schemathesis.check
def answers_hold_nothing_undescribed(ctx, response, case):
    """Every member of an answer is in its schema: what clients see they will rely on."""
    if response.headers.get("content-type", [""])[0].endswith("json") and not case.path.endswith("/openapi.json"):
        fault = documents.undescribed(SERVICE, case.operation.label, response.status_code, response.json())
        assert fault is None, fault


@schemathesis.check
def answers_are_marked(ctx, response, case):
    """Every answer says what it is, who gave it, and for how long it holds."""
    assert response.headers.get("x-content-type-options") == ["nosniff"], "without X-Content-Type-Options"
    if "souk-instance" in response.headers:
        instance = response.headers["souk-instance"][0]
        assert instance.startswith(f"{SERVICE}-"), f"answered by {instance}"
        assert response.headers.get("cache-control"), "without Cache-Control"
    else:
        # Only the balancer answers without a name, and only what it refuses itself.
        assert response.status_code in (400, 404, 413, 429), f"{response.status_code} by nobody"


@schemathesis.check
def others_stay_unseen(ctx, response, case):
    """What belongs to another shopper is not there, and without a token nothing is."""
    if ROLE == "staff" or response.status_code >= 400:
        return
    place = str(case.path_parameters or "") + str(case.query or "")
    assert not any(order in place for order in FIXTURES.foreign_orders), "somebody else's order was shown"


@schemathesis.check
def nothing_secret_is_told(ctx, response, case):
    """No answer shows how the shop is made inside."""
    text = response.text.lower()
    for word in ("postgres", "psycopg", "sqlstate", "redis", "stack trace", "fatal error", ".swift"):
        assert word not in text or word in str(case.as_transport_kwargs()).lower(), f"the answer tells of {word}"
