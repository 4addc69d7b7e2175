#!/usr/bin/env python3
"""Takes the pictures of the README anew: `make screenshots`. The shop must be open and have its seeded products."""

import argparse
import pathlib

from conftest import chromium
from people import SCREENS, SLOW, Shop, Visitor
from PIL import Image
from playwright.sync_api import sync_playwright

LARGEST = 200_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shop", default=".souk/shop.json")
    parser.add_argument("--to", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2] / "docs" / "images")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        desk = Visitor(browser, Shop.load(options.shop), options.to, **SCREENS["desk"])
        phone = Visitor(browser, Shop.load(options.shop), options.to, **SCREENS["phone"])
        desk.go("/")
        keep(desk, "home")
        desk.register()
        desk.put_into_cart("TEAPOT-COPPER" if exists(desk, "TEAPOT-COPPER") else "LANTERN-BRASS")
        desk.buy(card=SLOW)
        desk.sees_state("Asking your bank")
        keep(desk, "order-moving")
        phone.go("/")
        keep(phone, "phone")
        staff = Visitor(browser, Shop.load(options.shop), options.to, **SCREENS["desk"])
        staff.log_in_as_staff()
        staff.go("/staff")
        keep(staff, "staff")
        browser.close()


def exists(visitor: Visitor, sku: str) -> bool:
    return visitor.context.request.get(f"{visitor.shop.url}/v1/products/{sku}").ok


def keep(visitor: Visitor, name: str) -> None:
    """What is on the screen, with as many colours as a page needs."""
    path = visitor.shots / f"{name}.png"
    visitor.page.evaluate("document.fonts.ready")
    visitor.page.screenshot(path=path, animations="disabled")
    for colours in (256, 128, 64):
        Image.open(path).convert("RGB").quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < LARGEST:
            break
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
