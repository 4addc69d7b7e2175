"""What a stranger might try with the pages."""

import json
import re
import urllib.parse

import pytest
from people import Visitor
from playwright.sync_api import expect

EVIL = '"><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}\' onmouseover=\'alert(1)'


def cookies(visitor: Visitor) -> dict[str, dict]:
    return {cookie["name"]: cookie for cookie in visitor.context.cookies()}


def test_the_session_cookie_is_out_of_reach(visit):
    ada = visit()
    ada.register()
    (cookie,) = cookies(ada).values()
    assert cookie["httpOnly"] and cookie["sameSite"] in ("Lax", "Strict") and cookie["path"] == "/"
    assert ada.page.evaluate("document.cookie") == ""
    assert ada.page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_the_session_changes_at_the_login(visit):
    """What somebody planted before the login is worth nothing after it."""
    ada = visit()
    ada.put_into_cart()
    planted = cookies(ada)
    token = ada.page.locator("input[name=csrf]").first.input_value()
    ada.register()
    assert cookies(ada)["souk"]["value"] != planted["souk"]["value"]
    thief = visit()
    thief.context.add_cookies([planted["souk"]])
    thief.go("/account")
    expect(thief.page.get_by_role("heading", level=1)).to_have_text("Log in")
    # The form token of the old session does not work in the new one.
    answer = ada.context.request.post(f"{ada.shop.url}/cart/items", form={"csrf": token, "sku": "LANTERN-BRASS"}, max_redirects=0)
    assert answer.status == 403


@pytest.mark.parametrize(
    "path", ["/cart/items", "/cart/items/LANTERN-BRASS", "/checkout", "/logout", "/login", "/register", "/orders/ord_1/cancel", "/staff/products"]
)
def test_forms_of_strangers_are_refused(visit, path):
    ada = visit()
    ada.register()
    url = ada.shop.url + path
    for fields, headers in [
        ({"sku": "LANTERN-BRASS"}, {}),
        ({"sku": "LANTERN-BRASS", "csrf": "A" * 86}, {}),
        ({"sku": "LANTERN-BRASS", "csrf": ada.page.locator("input[name=csrf]").first.input_value()}, {"Origin": "https://evil.example"}),
        ({"sku": "LANTERN-BRASS", "csrf": ada.page.locator("input[name=csrf]").first.input_value()}, {"Sec-Fetch-Site": "cross-site"}),
    ]:
        answer = ada.context.request.post(url, form=fields, headers=headers, max_redirects=0)
        assert answer.status == 403, f"{path} with {headers}: {answer.status}"
    ada.go("/account")
    expect(ada.page.get_by_role("heading", level=1)).to_contain_text("Hello")


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/\\evil.example", "/%5cevil.example", "javascript:alert(1)", "/\tevil"])
def test_a_login_leads_nowhere_else(visit, next):
    ada = visit()
    ada.register()
    email = ada.email
    ada.page.get_by_role("button", name="Log out").first.click()
    ada.go(f"/login?next={urllib.parse.quote(next, safe='')}")
    ada.page.get_by_label("E-mail address").fill(email)
    ada.page.get_by_label("Password").fill("open the window wide")
    ada.expects(404)
    ada.page.get_by_role("button", name="Log in").click()
    ada.page.wait_for_load_state()
    assert urllib.parse.urlsplit(ada.page.url).netloc == urllib.parse.urlsplit(ada.shop.url).netloc


def test_names_and_searches_are_only_text(visit, shop):
    staff = visit()
    answer = staff.context.request.post(f"{shop.url}/v1/sessions", data={"email": shop.staff_email, "password": shop.staff_password})
    token = answer.json()["access_token"]
    sku = "EVIL-1"
    product = {"sku": sku, "name": EVIL, "description": EVIL, "price": {"amount": 100, "currency": "GBP"}, "stock": 10}
    made = staff.context.request.post(f"{shop.url}/v1/products", data=product, headers={"Authorization": f"Bearer {token}"})
    assert made.status in (201, 409), made.text()
    ada = visit()
    ada.expects(404)
    ada.page.on("dialog", lambda dialog: ada.complaints.append(f"a script ran: {dialog.message}"))
    ada.register(name=EVIL)
    for path in [f"/products/{sku}", f"/search?q={urllib.parse.quote(EVIL)}", "/search?q=img", "/account", f"/{urllib.parse.quote(EVIL)}",
                 f"/products/{urllib.parse.quote(EVIL)}", f"/login?next=/{urllib.parse.quote(EVIL)}"]:  # fmt: skip
        page = ada.go(path)
        assert page.locator("img[src=x], main script, [onmouseover], [onerror]").count() == 0, path
        assert "49" not in page.locator("h1").inner_text(), path
    ada.put_into_cart(sku)
    ada.go("/checkout")
    page = ada.page
    page.get_by_label("Full name").fill(EVIL[:100])
    page.get_by_label("Address", exact=True).fill(EVIL[:100])
    page.get_by_label("Postcode").fill("<b>1</b>")
    page.get_by_label("Town or city").fill("<i>x</i>")
    ada.fill_card()
    ada.pay_button().click()
    page.wait_for_url(re.compile(r"/orders/ord_"))
    ada.sees_state("Confirmed")
    assert page.locator("main img[src=x], main script, main b, main i, [onerror]").count() == 0
    staff.log_in_as_staff()
    order = page.url.rsplit("/", 1)[1]
    for path in ["/staff", f"/staff/orders/{order}", "/staff/products?q=img", f"/staff/products/{sku}"]:
        assert staff.go(path).locator("main img[src=x], main script, main b, main i, [onerror]").count() == 0, path


def test_every_page_tells_the_browser_to_be_careful(visit):
    ada = visit()
    ada.expects(404)
    for path in ["/", "/login", "/nowhere", "/products/LANTERN-BRASS"]:
        headers = ada.page.goto(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe-inline" not in policy, policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] in ("same-origin", "no-referrer", "strict-origin-when-cross-origin")
        inline = ada.page.locator("script:not([src]), [style], style, [onclick], [onload], [onsubmit]").count()
        assert inline == 0, f"{path} has {inline} inline scripts or styles"


def test_other_peoples_things_are_not_there(visit):
    ada, eve = visit(), visit()
    ada.register()
    order = ada.buy()
    eve.register("Eve")
    eve.expects(404, 403)
    for path in [f"/orders/{order}", f"/orders/{order}/live", f"/orders/{order}/events", f"/staff/orders/{order}", "/staff", "/staff/products",
                 "/staff/products/LANTERN-BRASS", "/staff/products/new"]:  # fmt: skip
        assert eve.context.request.get(eve.shop.url + path).status == 404, path
    token = eve.page.locator("input[name=csrf]").first.input_value()
    for path in [f"/orders/{order}/cancel", f"/staff/orders/{order}/ship", f"/staff/orders/{order}/refund", f"/staff/orders/{order}/deliver",
                 "/staff/products", "/staff/products/LANTERN-BRASS", "/staff/products/LANTERN-BRASS/stock"]:  # fmt: skip
        fields = {"csrf": token, "carrier": "x", "tracking": "x", "reason": "x", "delta": "5", "name": "x", "price": "1", "sku": "Q", "stock": "1"}
        assert eve.context.request.post(eve.shop.url + path, form=fields, max_redirects=0).status == 404, path
    ada.sees_state("Confirmed")


def test_broken_sessions_are_new_ones(visit):
    ada = visit()
    ada.register()
    good = cookies(ada)["souk"]
    for value in ["", "x", good["value"][:-2], good["value"][:-4] + "AAAA", "1." + "A" * 3000, json.dumps({"staff": True})]:
        eve = visit()
        eve.context.add_cookies([good | {"value": urllib.parse.quote(value, safe=".-_")}])
        eve.go("/account")
        expect(eve.page.get_by_role("heading", level=1)).to_have_text("Log in")
