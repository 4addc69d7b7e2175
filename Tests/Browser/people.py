"""The people of the tests: each has a browser window of their own and does what people do in a shop."""

import dataclasses
import json
import pathlib
import re
import secrets

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

PASSWORD = "open the window wide"
# What the provider's test cards do.
APPROVED = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
SLOW = "4000 0000 0000 0259"
# An order is confirmed in less than a second; a busy machine may need more.
PATIENCE = 30_000

SCREENS = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True},
}


@dataclasses.dataclass
class Shop:
    """The running shop, from its shop.json."""

    url: str
    staff_email: str
    staff_password: str

    @staticmethod
    def load(path: str) -> "Shop":
        shop = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        return Shop(shop["url"], shop["staff"]["email"], shop["staff"]["password"])


class Visitor:
    """Somebody with a browser, and what their browser complained about."""

    def __init__(self, browser: Browser, shop: Shop, shots: pathlib.Path, **options):
        self.shop = shop
        self.shots = shots
        self.context: BrowserContext = browser.new_context(base_url=shop.url, locale="en-GB", timezone_id="Europe/London", **options)
        self.context.set_default_timeout(PATIENCE)
        self.expected = {200, 204, 303, 304}
        self.complaints: list[str] = []
        self.email = ""
        self.page = self.open()

    def open(self) -> Page:
        """A further window."""
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def expects(self, *statuses: int) -> None:
        """Answers that are no surprise, such as the 422 of a form with a mistake in it."""
        self.expected |= set(statuses)

    def _heard(self, message: ConsoleMessage) -> None:
        # A status is judged where it is seen; everything else that a browser says in red is a fault, such as a broken policy.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{message.type} on {message.location.get('url')}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.shop.url + "/", "data:")):
            self.complaints.append(f"asked a stranger: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status not in self.expected:
            self.complaints.append(f"{response.status} for {response.request.method} {response.url}")

    def close(self) -> None:
        self.context.close()

    def shot(self, name: str, page: Page | None = None) -> None:
        """Keeps a picture of the whole page."""
        (page or self.page).screenshot(path=self.shots / f"{name}.png", full_page=True, animations="disabled")

    # What people do.

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def register(self, name: str = "Ada Lovelace") -> None:
        self.email = f"ada-{secrets.token_hex(6)}@browser.example"
        page = self.go("/register")
        page.get_by_label("Your name").fill(name)
        page.get_by_label("E-mail address").fill(self.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Create account").click()
        expect(page.get_by_role("status")).to_contain_text("Welcome to the souk")

    def log_in(self, email: str, password: str) -> None:
        page = self.go("/login")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("status")).to_contain_text("Welcome back")

    def log_in_as_staff(self) -> None:
        self.log_in(self.shop.staff_email, self.shop.staff_password)

    def put_into_cart(self, sku: str = "LANTERN-BRASS", quantity: int = 1) -> None:
        page = self.go(f"/products/{sku}")
        page.get_by_label("Quantity").select_option(str(quantity))
        page.locator("form.buy").get_by_role("button", name="Add to cart").click()
        expect(page.get_by_role("status")).to_contain_text("in your cart")

    def fill_address(self) -> None:
        page = self.page
        page.get_by_label("Full name").fill("Ada Lovelace")
        page.get_by_label("Address", exact=True).fill("1 Bazaar Street")
        page.get_by_label("Postcode").fill("N1 1AA")
        page.get_by_label("Town or city").fill("London")

    def fill_card(self, number: str = APPROVED) -> None:
        page = self.page
        page.get_by_label("A new card").check()
        page.get_by_label("Card number").fill(number)
        page.get_by_label("Expiry date").fill("12/40")
        page.get_by_label("Security code").fill("123")

    def pay_button(self):
        return self.page.get_by_role("button", name=re.compile(r"^Pay"))

    def buy(self, sku: str = "LANTERN-BRASS", card: str = APPROVED) -> str:
        """From the shelf to the order's page; gives the order's id."""
        self.put_into_cart(sku)
        self.go("/checkout")
        self.fill_address()
        self.fill_card(card)
        self.pay_button().click()
        self.page.wait_for_url(re.compile(r"/orders/ord_"))
        return self.page.url.rsplit("/", 1)[1]

    def ship(self, order: str) -> None:
        """As staff."""
        page = self.go(f"/staff/orders/{order}")
        page.get_by_label("Carrier").fill("Royal Mail")
        page.get_by_label("Tracking number").fill("RM 1234 5678 9GB")
        page.get_by_role("button", name="Ship").click()
        expect(page.get_by_role("status").first).to_contain_text("shipped")

    def sees_state(self, label: str) -> None:
        expect(self.page.locator("#live .state-label")).to_have_text(label, timeout=PATIENCE)
