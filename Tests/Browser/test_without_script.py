"""Everything works without JavaScript; only the comforts are missing."""

import re

from people import PATIENCE
from playwright.sync_api import expect


def test_an_order_is_bought_and_cancelled_without_script(visit, screen):
    ada = visit(screen, java_script_enabled=False)
    ada.register()
    ada.buy()
    order = ada.page.url
    label = ada.page.locator("#live .state-label")
    for _ in range(PATIENCE // 250):
        if label.inner_text() == "Confirmed":
            break
        ada.page.wait_for_timeout(250)
        again = ada.page.get_by_role("link", name="Look again")
        again.click() if again.count() else ada.page.reload()
    expect(label).to_have_text("Confirmed")
    ada.page.get_by_role("button", name="Cancel the order").click()
    for _ in range(PATIENCE // 250):
        ada.page.goto(order)
        if label.inner_text() == "Cancelled":
            break
        ada.page.wait_for_timeout(250)
    expect(label).to_have_text("Cancelled")
    ada.page.get_by_role("button", name="Log out").first.click()
    expect(ada.page.get_by_role("status")).to_contain_text("logged out")


def test_staff_works_without_script(visit):
    staff = visit("desk", java_script_enabled=False)
    staff.log_in_as_staff()
    page = staff.go("/staff/products/LANTERN-BRASS")
    before = int(re.search(r"(\d[\d,]*) pieces", page.content()).group(1).replace(",", ""))
    page.get_by_label("Pieces that came").fill("7")
    page.get_by_role("button", name="Change the stock").click()
    expect(page.get_by_role("status")).to_contain_text("7")
    after = int(re.search(r"(\d[\d,]*) pieces", page.content()).group(1).replace(",", ""))
    assert after >= before + 7 - 5, "others may have bought a few meanwhile"
