"""A shopper and the staff, on a desk and on a phone: from the front page to the refund."""

import re

from people import DECLINED, PATIENCE, SLOW, Visitor
from playwright.sync_api import expect


def stays(visitor: Visitor) -> None:
    """Marks the page, to see later that nobody loaded it again."""
    visitor.page.evaluate("window.stillHere = true")


def never_left(visitor: Visitor) -> None:
    assert visitor.page.evaluate("window.stillHere === true"), "the page was loaded again"


def test_an_order_is_bought_watched_shipped_and_refunded(visit, screen):
    ada = visit(screen)
    page = ada.go("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    ada.shot(f"{screen}-home")
    page.get_by_role("searchbox", name="Search the shop").fill("lantern")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=lantern"))
    ada.shot(f"{screen}-search")
    page.locator(".card").get_by_role("link", name="Brass courtyard lantern").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("lantern")
    ada.shot(f"{screen}-product")
    # As a guest; the cart comes along at the login.
    page.get_by_label("Quantity").select_option("2")
    page.locator("form.buy").get_by_role("button", name="Add to cart").click()
    page.get_by_role("link", name=re.compile("^Cart")).first.click()
    expect(page.locator(".step-count")).to_contain_text("2")
    page.get_by_role("button", name=re.compile("One more")).click()
    expect(page.locator(".step-count")).to_contain_text("3")
    ada.shot(f"{screen}-cart")
    page.get_by_role("link", name="Checkout").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_label("E-mail address").fill(f"ada-{screen}-{id(page)}-{page.evaluate('Date.now()')}@browser.example")
    page.get_by_label("Password").fill("open the window wide")
    ada.shot(f"{screen}-register")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Checkout")
    ada.fill_address()
    ada.fill_card(SLOW)
    ada.shot(f"{screen}-checkout")
    ada.pay_button().click()
    page.wait_for_url(re.compile(r"/orders/ord_"))
    stays(ada)
    # The slow card holds the order for three seconds, so that its page is seen to move.
    ada.sees_state("Asking your bank")
    ada.shot(f"{screen}-order-moving")
    ada.sees_state("Confirmed")
    expect(page.get_by_role("status").filter(has_text="Confirmed")).to_have_count(1)
    ada.shot(f"{screen}-order-confirmed")
    order = page.url.rsplit("/", 1)[1]

    staff = visit(screen)
    staff.log_in_as_staff()
    desk = staff.go("/staff")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Staff desk")
    staff.shot(f"{screen}-staff")
    staff.go(f"/staff/orders/{order}")
    desk.get_by_label("Carrier").fill("Royal Mail")
    desk.get_by_label("Tracking number").fill("RM 1234 5678 9GB")
    staff.shot(f"{screen}-staff-order")
    desk.get_by_role("button", name="Ship").click()
    expect(desk.get_by_role("status").first).to_contain_text("shipped")
    ada.sees_state("On its way")
    expect(page.locator("#live")).to_contain_text("Royal Mail")
    ada.shot(f"{screen}-order-shipped")
    staff.go(f"/staff/orders/{order}")
    desk.get_by_role("button", name="Mark as delivered").click()
    ada.sees_state("Delivered")
    never_left(ada)
    refund = desk.get_by_label("Reason")
    # The money is captured a moment after the parcel has left.
    for _ in range(20):
        staff.go(f"/staff/orders/{order}")
        if refund.count():
            break
        desk.wait_for_timeout(250)
    refund.fill("It arrived with a dent")
    desk.get_by_role("button", name="Refund").click()
    expect(desk.get_by_role("status").first).to_contain_text("refund")
    ada.go(f"/orders/{order}")
    ada.sees_state("Refunded")
    ada.shot(f"{screen}-order-refunded")


def test_an_order_is_cancelled_while_it_is_watched(visit, screen):
    ada = visit(screen)
    ada.register()
    ada.buy()
    ada.sees_state("Confirmed")
    ada.page.get_by_role("button", name="Cancel the order").click()
    ada.sees_state("Cancelled")
    expect(ada.page.locator("#live")).to_contain_text("You have not been charged")
    ada.shot(f"{screen}-order-cancelled")
    ada.go("/orders")
    expect(ada.page.locator(".order-row")).to_have_count(1)
    ada.shot(f"{screen}-orders")
    ada.go("/account")
    ada.shot(f"{screen}-account")


def test_a_declined_card_is_said_in_words(visit, screen):
    ada = visit(screen)
    ada.register()
    ada.buy(card=DECLINED)
    ada.sees_state("Cancelled")
    expect(ada.page.locator("#live")).to_contain_text("declined")


def test_mistakes_are_shown_beside_the_fields(visit, screen):
    ada = visit(screen)
    ada.expects(422)
    ada.register()
    ada.put_into_cart()
    page = ada.go("/checkout")
    page.get_by_label("Full name").fill("")
    ada.fill_card("4242 4242 4242 4241")
    page.get_by_label("Expiry date").fill("01/20")
    ada.pay_button().click()
    problems = page.get_by_role("alert")
    expect(problems).to_be_focused()
    ada.shot(f"{screen}-checkout-mistakes")
    for label in ("Full name", "Address", "Postcode", "Town or city", "Card number", "Expiry date"):
        field = page.get_by_label(label, exact=True)
        expect(field).to_have_attribute("aria-invalid", "true")
        described = page.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}")
        expect(described).to_be_visible()
        expect(problems.get_by_role("link", name=label, exact=True)).to_be_visible()
    # What was right is kept; a link of the summary leads to its field.
    expect(page.get_by_label("Security code")).to_be_visible()
    problems.get_by_role("link", name="Postcode").click()
    expect(page.get_by_label("Postcode")).to_be_focused()


def test_two_presses_of_pay_are_one_order(visit, screen):
    ada = visit(screen)
    ada.register()
    ada.put_into_cart()
    ada.go("/checkout")
    ada.fill_address()
    ada.fill_card()
    ada.pay_button().dblclick()
    ada.page.wait_for_url(re.compile(r"/orders"), timeout=PATIENCE)
    ada.go("/orders")
    expect(ada.page.locator(".order-row")).to_have_count(1)


def test_a_form_that_is_sent_twice_is_one_order(visit):
    """Without the script's help: two windows, one checkout."""
    ada = visit("desk", java_script_enabled=False)
    ada.register()
    ada.put_into_cart()
    page = ada.go("/checkout")
    ada.fill_address()
    ada.fill_card()
    fields = {field.get_attribute("name"): field.input_value() for field in page.locator("#checkout input:not([type=radio]), #checkout select").all()}
    fields["method"] = "new"
    answers = [ada.context.request.post(f"{ada.shop.url}/checkout", form=fields, max_redirects=0) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"] or answers[1].headers["location"] == "/orders"
    ada.go("/orders")
    expect(ada.page.locator(".order-row")).to_have_count(1)
