"""Every page, for guests, shoppers and staff, on both screens, light and dark: axe-core finds nothing."""

import pytest
from accessibility import axe_faults, own_faults
from people import DECLINED, SCREENS

GUEST = ["/", "/search", "/search?q=lantern", "/search?q=nothingatall", "/products/LANTERN-BRASS", "/cart", "/login", "/register", "/about",
         "/nowhere", "/products/NOTHING"]  # fmt: skip
SHOPPER = ["/cart", "/checkout", "/orders", "/account"]
STAFF = ["/staff", "/staff/orders", "/staff/orders?status=confirmed", "/staff/orders?stuck=true", "/staff/products", "/staff/products/new",
         "/staff/products/LANTERN-BRASS"]  # fmt: skip


def faults(visitor, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        page = visitor.go(path)
        found += axe_faults(page) + own_faults(page)
    return found


@pytest.fixture(params=["light", "dark"])
def scheme(request) -> str:
    return request.param


def test_pages_for_guests(visit, screen, scheme):
    guest = visit(screen, color_scheme=scheme, reduced_motion="reduce")
    guest.expects(404)
    found = faults(guest, GUEST)
    guest.put_into_cart()
    found += faults(guest, ["/cart"])
    guest.shot(f"{screen}-{scheme}-cart")
    assert not found, "\n".join(found)


def test_pages_for_shoppers_and_staff(visit, screen, scheme):
    ada = visit(screen, color_scheme=scheme, reduced_motion="reduce")
    ada.expects(422)
    ada.register()
    declined = ada.buy(card=DECLINED)
    ada.sees_state("Cancelled")
    found = axe_faults(ada.page) + own_faults(ada.page)
    shipped = ada.buy()
    ada.sees_state("Confirmed")
    order = ada.buy()
    ada.sees_state("Confirmed")
    found += axe_faults(ada.page) + own_faults(ada.page)
    ada.put_into_cart()
    found += faults(ada, [*SHOPPER, f"/orders/{order}", f"/orders/{declined}"])
    ada.go("/checkout")
    ada.page.get_by_label("A new card").check()
    ada.page.get_by_text("Cards for trying out").click()
    ada.pay_button().click()
    ada.page.wait_for_selector("[role=alert]")
    found += axe_faults(ada.page) + own_faults(ada.page)
    staff = visit(screen, color_scheme=scheme, reduced_motion="reduce")
    staff.log_in_as_staff()
    # The desk has orders of both kinds, as on any day: each kind is a region of its own.
    staff.ship(shipped)
    found += faults(staff, [*STAFF, f"/staff/orders/{order}"])
    staff.shot(f"{screen}-{scheme}-staff-order")
    assert not found, "\n".join(found)


def test_pages_fit_the_narrowest_screen(visit):
    """320 pixels wide: a page of 1280 pixels at 400 percent (WCAG 1.4.10)."""
    ada = visit("phone", **{**SCREENS["phone"], "viewport": {"width": 320, "height": 640}})
    ada.expects(404)
    ada.register()
    order = ada.buy()
    ada.put_into_cart("LANTERN-BRASS", 2)
    found = []
    for path in [*GUEST, *SHOPPER, f"/orders/{order}"]:
        found += own_faults(ada.go(path))
    assert not found, "\n".join(found)
