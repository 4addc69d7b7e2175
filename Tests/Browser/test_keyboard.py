"""The whole checkout with a keyboard: everything can be reached, and one sees where one is."""

import re

from people import SLOW
from playwright.sync_api import Page, expect


def tab_to(page: Page, wanted: str, most: int = 80) -> None:
    """Presses Tab until the element that matches has the focus; each stop must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), f"the focus is not seen at {page.evaluate(WHERE)}"
        if page.evaluate("selector => document.activeElement.matches(selector)", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached with Tab")


WHERE = "() => document.activeElement.outerHTML.slice(0, 200)"
# An outline or a shadow of the element or of the label around it, and not hidden behind what is fixed.
FOCUS_IS_SEEN = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return true;
  const marked = [element, element.closest('label')].filter(Boolean).some((place) => {
    const style = getComputedStyle(place);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  });
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
  const covered = top && !element.contains(top) && !top.contains(element) && !top.closest('label')?.contains(element);
  return marked && box.width > 0 && box.height > 0 && !covered;
}"""


def test_buying_without_a_mouse(visit):
    ada = visit("desk")
    ada.register()
    page = ada.go("/products/LANTERN-BRASS")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "form.buy button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("in your cart")
    tab_to(page, ".cart-link")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your cart")
    tab_to(page, "a[href='/checkout']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Checkout")
    for name, text in {
        "name": "Ada Lovelace", "line1": "1 Bazaar Street", "postcode": "N1 1AA", "city": "London",
        "number": "4242424242424242", "expiry": "12/40", "cvc": "123",
    }.items():  # fmt: skip
        tab_to(page, f"#{name}")
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
    tab_to(page, "#checkout > button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/orders/ord_"))
    ada.sees_state("Confirmed")
    tab_to(page, "#live form button")
    page.keyboard.press("Space")
    ada.sees_state("Cancelled")


def test_what_is_new_waits_for_whoever_is_on_a_button(visit):
    """It is said at once and shown when the focus moves on, so nobody loses the button that they are on."""
    ada = visit("desk")
    ada.register()
    ada.buy(card=SLOW)
    page = ada.page
    button = page.get_by_role("button", name="Cancel the order")
    button.focus()
    # The slow card gives three seconds to get there.
    expect(page.locator("#live-words")).to_contain_text("Confirmed")
    expect(button).to_be_focused()
    expect(page.locator("#live .state-label")).not_to_have_text("Confirmed")
    page.locator("#content").focus()
    ada.sees_state("Confirmed")
